-- A one-time link is a way into an account, and is on somebody's word.

-- Who made it. NULL: the operator, or before this was kept.
ALTER TABLE links ADD COLUMN made_by BYTES;

-- A "no" to an opening stands beside the next request, for whoever is asked then.
-- When it was refused before it was asked for anew. NULL: it was not.
ALTER TABLE openings ADD COLUMN earlier_at BIGINT;
-- Name at work of who refused.
ALTER TABLE openings ADD COLUMN earlier_name TEXT;
-- Why: a code.
ALTER TABLE openings ADD COLUMN earlier_refusal TEXT;
-- What was written beside it, sealed as refusal_text was.
ALTER TABLE openings ADD COLUMN earlier_text BYTES;
