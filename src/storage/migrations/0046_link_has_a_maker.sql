-- A one-time link is a way into an account, and is on somebody's word.

-- Who made it. NULL: the operator, or before this was kept.
ALTER TABLE links ADD COLUMN made_by BYTES;
