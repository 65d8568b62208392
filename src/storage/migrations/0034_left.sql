-- A unit is told once when a case there fell back to nobody.

-- When whoever was responsible lost sight of the case, and nobody has been told of it or has taken it; NULL: otherwise.
ALTER TABLE items ADD COLUMN left_at BIGINT;
CREATE INDEX items_left ON items (left_at) WHERE left_at IS NOT NULL;
