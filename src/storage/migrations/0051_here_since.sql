-- From when a unit has what another passed on to it, in microseconds. NULL: from when it was received, or a row from before.
ALTER TABLE items ADD COLUMN here_since BIGINT;
