-- Attachments that are to be looked at by an antivirus program, and what the look showed.

-- One row for each message with attachments. A queue with a lease.
CREATE TABLE scans (
    message BYTES NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- waiting: for `due`, or is being looked at under a lease. done: each attachment has a row in scanned_files.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done')),
    -- When to try next.
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Who works on it: a random token, until `lease_expires`. NULL: nobody.
    lease_token BYTES,
    lease_expires BIGINT
) CLUSTERED;
CREATE INDEX scans_due ON scans (due, message) WHERE state = 'waiting';

CREATE TABLE scanned_files (
    message BYTES NOT NULL REFERENCES messages (id),
    -- Place among the message's Documents, from 1.
    position BIGINT NOT NULL,
    -- clean: may be served. infected: never. unscannable: nobody knows.
    result TEXT NOT NULL CHECK (result IN ('clean', 'infected', 'unscannable')),
    at BIGINT NOT NULL,
    PRIMARY KEY (message, position)
) CLUSTERED;

-- What came before there was a look waits for one too.
INSERT INTO scans (message, state, due, attempts)
SELECT DISTINCT message, 'waiting', 0, 0
FROM items
WHERE attachments > 0;
