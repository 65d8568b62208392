-- Units are reminded of what they have offered and nobody has answered.

-- 1: the unit that offered has been reminded of this offer.
ALTER TABLE transfers ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
