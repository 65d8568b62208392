-- A report can be passed on to a hospital trust too.

-- Organisation number of a hospital trust outside. NULL: another kind of receiver.
ALTER TABLE transfers ADD COLUMN to_trust TEXT;
