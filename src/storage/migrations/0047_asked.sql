-- What waits for a second person, and what a leader is asked: found by themselves, however many cases a unit has.
CREATE INDEX openings_waiting ON openings (asked_at, item) WHERE agreed_at IS NULL AND refused_at IS NULL;
CREATE INDEX questions_asked ON questions (at, item) WHERE side = 'asked';
-- Offers that were declined, which the front page tells of.
CREATE INDEX transfers_declined ON transfers (item) WHERE state = 'declined';
