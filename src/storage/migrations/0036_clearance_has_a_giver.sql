-- Who is cleared for graded addresses is cleared on somebody's word, and two who are cleared on one person's word are not two.

-- Who gave the role. NULL: the operator, or before this was kept.
ALTER TABLE memberships ADD COLUMN given_by BYTES;
-- Whom a clearance goes back to, among those whom the operator has cleared. NULL: the operator has cleared this person.
ALTER TABLE memberships ADD COLUMN vouched_by BYTES;
-- When it was given, whatever day it holds from.
ALTER TABLE memberships ADD COLUMN given_at BIGINT NOT NULL DEFAULT 0;
