-- Why somebody asks to open a graded case, and why another says no to it.

-- A word from a closed list, which the journal has too. NULL: a case system asked, or it was before this migration.
ALTER TABLE openings ADD COLUMN reason TEXT;
-- What was written beside it, sealed under the message's data key; goes when the content does.
ALTER TABLE openings ADD COLUMN reason_text BYTES;
-- NULL: nobody has said no.
ALTER TABLE openings ADD COLUMN refused_at BIGINT;
ALTER TABLE openings ADD COLUMN refused_id BYTES;
ALTER TABLE openings ADD COLUMN refused_name TEXT;
-- As `reason` and `reason_text`, of the no.
ALTER TABLE openings ADD COLUMN refusal TEXT;
ALTER TABLE openings ADD COLUMN refusal_text BYTES;
