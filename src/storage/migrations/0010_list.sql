-- The list: what it is filtered by, what a report is found by, and statistics that are kept instead of counted.

-- Codes of the sides of the needs, with blanks between.
ALTER TABLE items ADD COLUMN dimensions TEXT NOT NULL DEFAULT '';
-- Name of the registered sender, and where the report is for. NULL: not for this unit to know.
ALTER TABLE items ADD COLUMN sender_name TEXT;
ALTER TABLE items ADD COLUMN municipality TEXT;
-- 1: it stands in `search_tokens` and `statistics`. 0: it came before they were there, and is added when the database is opened.
ALTER TABLE items ADD COLUMN counted BIGINT NOT NULL DEFAULT 0;
UPDATE items
SET sender_name = (SELECT m.sender_name FROM messages AS m WHERE m.id = items.message),
    municipality = (SELECT m.municipality FROM messages AS m WHERE m.id = items.message)
WHERE share = 'content' AND state NOT IN ('proposed', 'transferred', 'withdrawn');
CREATE INDEX items_uncounted ON items (id) WHERE counted = 0;

-- Everything that a list is filtered by stands in the index, so that rows that do not fit are passed by without being read.
DROP INDEX items_work;
CREATE INDEX items_work ON items (unit, state, deadline, id, protected, share, kind, needs, dimensions, reporter, sender_name,
    age_group, place_in_line, responsible, municipality, plan, team, coordinated_until, first_answer_at, closed_at,
    next_contact_on, received_at);
DROP INDEX items_newest;
CREATE INDEX items_newest ON items (unit, state, received_at, id, protected, share, kind, needs, dimensions, reporter,
    sender_name, age_group, place_in_line, responsible, municipality, plan, team, coordinated_until, first_answer_at, deadline);

-- Graded cases are few: counted without walking past the others.
CREATE INDEX items_graded_count ON items (protected, unit, state) WHERE protected = 1;

-- What a report is found by: blind indexes, cut to sixteen bytes. Nothing can be read out of them.
CREATE TABLE search_tokens (
    item BYTES NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    -- word: of the person's name. pair: two words of it. sender: a word of the sender's name. organisation: its number.
    -- id: an id that the message, its document or its conversation has. born: the whole name and the day of birth. day: the
    -- sender, the day and the needs. All but `id` hold the unit too, so that they say nothing across units.
    what TEXT NOT NULL,
    token BYTES NOT NULL,
    -- When the report was received: newest first.
    at BIGINT NOT NULL,
    PRIMARY KEY (item, what, token)
) CLUSTERED;
CREATE INDEX search_tokens_token ON search_tokens (token, at, item);

-- How many there are of each, kept in the same transactions as what is counted.
CREATE TABLE statistics (
    unit TEXT NOT NULL,
    -- Of the day it was received, in Norway: `2026-4`.
    quarter TEXT NOT NULL,
    -- 1: the address is graded.
    protected BIGINT NOT NULL,
    -- What is counted: `reporter`, `opened IP` and so on.
    what TEXT NOT NULL,
    -- A code, a name, or tenths of days.
    value TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (unit, quarter, protected, what, value)
) CLUSTERED;

-- Lifts are few among all that is done.
CREATE INDEX case_events_lifted ON case_events (at, item) WHERE act = 'lifted';
