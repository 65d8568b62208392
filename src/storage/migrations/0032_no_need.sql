-- A withdrawal and a question report no need. They are work for the unit, and are not counted among the needs.

UPDATE items SET counts = 0 WHERE kind IN ('TILBAKETREKK', 'SPORSMAL');
-- The statistics of units that have had any are made anew when the database is opened.
DELETE FROM statistics WHERE unit IN (SELECT unit FROM items WHERE kind IN ('TILBAKETREKK', 'SPORSMAL'));
UPDATE items SET counted = 0 WHERE unit IN (SELECT unit FROM items WHERE kind IN ('TILBAKETREKK', 'SPORSMAL'));
