-- What is removed by its age is found by its age.

CREATE INDEX refusals_at ON refusals (at);
CREATE INDEX failed_sign_ins_at ON failed_sign_ins (at);
CREATE INDEX failed_addresses_at ON failed_addresses (at);
CREATE INDEX alarms_cleared ON alarms (cleared_at) WHERE cleared_at IS NOT NULL;
