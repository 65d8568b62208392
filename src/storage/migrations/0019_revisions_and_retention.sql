-- Every version of the unit directory that has been in force here; and when what has outlived its purpose was removed.

CREATE TABLE directory_revisions (
    sequence SEQUENCE,
    -- SHA-256 of the files' names and texts, in hexadecimal.
    version TEXT NOT NULL,
    -- When it was taken into use.
    at BIGINT NOT NULL,
    -- Sealed JSON: name, text, and who the file says changed it last and why. Contact persons stand in it.
    files BYTES NOT NULL
);

-- When the content was removed, because the case was closed, filed and over. NULL: it is there, or never was.
ALTER TABLE items ADD COLUMN removed_at BIGINT;
CREATE INDEX items_closed ON items (closed_at, message) WHERE state = 'closed' AND removed_at IS NULL;
