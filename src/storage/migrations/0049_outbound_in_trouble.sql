-- What units have sent and did not come through is counted at each look, however much has ever been sent.

CREATE INDEX outbound_in_trouble ON outbound (state) WHERE state IN ('abandoned', 'rejected') AND closed_at IS NULL;
