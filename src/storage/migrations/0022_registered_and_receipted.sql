-- How long it took until a report was registered, and how long it had been under way when its receipt went.

-- When the sender says that the report was made. NULL: it does not say, it came before this was kept, or it is not for this
-- unit to know.
ALTER TABLE items ADD COLUMN made_at BIGINT;

-- Both are kept like other statistics. What was kept before is made anew when the database is opened.
DELETE FROM statistics;
DELETE FROM search_tokens WHERE what <> 'id';
UPDATE items SET counted = 0;
