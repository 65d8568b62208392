-- How long it took until a report was registered, and how long it had been under way when its receipt went.

-- When the sender says that the report was made. NULL: it does not say, it came before this was kept, or it is not for this
-- unit to know.
ALTER TABLE items ADD COLUMN made_at BIGINT;

-- `counted` has one more value. 2: it stands in `search_tokens` and `statistics` with everything that is counted today. 1: all
-- but these two. The rest is added when the database is opened.
DROP INDEX items_uncounted;
CREATE INDEX items_uncounted ON items (id) WHERE counted < 2;
