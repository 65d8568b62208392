-- What is noted in a case besides how it stands: review, delegated appointment, family, and the decision to appoint.

-- The day on which the plan is to be reviewed. NULL: none is planned.
ALTER TABLE items ADD COLUMN review_on TEXT;
-- By when a coordinator is to be appointed, here or by the unit that was asked to. NULL: nobody was asked.
ALTER TABLE items ADD COLUMN delegated_due TEXT;
-- The day for which the unit has been reminded of it.
ALTER TABLE items ADD COLUMN delegation_reminded TEXT;
-- Opaque: cases with the same are in one family. NULL: in none, or the person does not want it told.
ALTER TABLE items ADD COLUMN family BYTES;

-- Where the decision to appoint is found; sealed. NULL: not said.
ALTER TABLE coordinators ADD COLUMN decision BYTES;

CREATE INDEX items_review ON items (unit, review_on, id) WHERE review_on IS NOT NULL;
CREATE INDEX items_delegated ON items (delegated_due, id) WHERE delegated_due IS NOT NULL;
CREATE INDEX items_family ON items (family) WHERE family IS NOT NULL;
