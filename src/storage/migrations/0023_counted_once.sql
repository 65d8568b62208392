-- A case that is worked with in two units is one case in statistics.

-- 0: the row was made by lifting or delegating a case that lies in another unit, and is counted there. Rows from before this
-- stay as they were counted.
ALTER TABLE items ADD COLUMN counts BIGINT NOT NULL DEFAULT 1;
-- What is counted when asked leaves these out, and still reads the index of the list alone.
CREATE INDEX items_counted_elsewhere ON items (unit, id) WHERE counts = 0;
