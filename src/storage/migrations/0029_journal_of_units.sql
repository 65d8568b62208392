-- Which units a line of the journal concerns, so that an auditor turns its pages without walking past all the others'.

-- One row per unit and line: the units that have the message; without a message, those of the people who did it or whom it is
-- about. Made from the journal and from what is never removed, and can be made again: the proof is the journal's own chain.
CREATE TABLE journal_units (
    unit TEXT NOT NULL,
    -- Of the line.
    at BIGINT NOT NULL,
    sequence BIGINT NOT NULL,
    -- What sort of act the line tells of: a word from a closed list.
    kind TEXT NOT NULL,
    -- Who did it, or whom it is about when that was nobody with an account. NULL: neither.
    person BYTES,
    PRIMARY KEY (unit, at, sequence)
) CLUSTERED;
CREATE INDEX journal_units_kind ON journal_units (unit, kind, at, sequence);
CREATE INDEX journal_units_person ON journal_units (unit, person, at, sequence, kind) WHERE person IS NOT NULL;

-- An account is made before its first role is given; the line is found again by the login name when there is a unit for it.
CREATE INDEX journal_user_added ON journal (detail) WHERE action = 'user_added';

-- Up to which line `journal_units` has been made. The rest is made when the database is opened.
ALTER TABLE journal_head ADD COLUMN concerned_to BIGINT NOT NULL DEFAULT 0;
