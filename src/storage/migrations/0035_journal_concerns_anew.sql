-- Who may read which line of the journal is decided anew, line by line, when the database is opened: a unit that passed a case
-- on or is only told of it reads nothing of what the next one does with it, and reading is kept as reading.
DELETE FROM journal_units;
UPDATE journal_head SET concerned_to = 0 WHERE id = 1;
