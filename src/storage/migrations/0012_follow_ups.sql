-- What comes about a case that is here already: answers, supplements, changes, withdrawals.

-- The report's own id (meldingsId), which later reports refer to. NULL: it has none.
ALTER TABLE messages ADD COLUMN report_id TEXT;
CREATE INDEX messages_report ON messages (report_id) WHERE report_id IS NOT NULL;

-- A message that has no item of its own, because it belongs to the case of an earlier one.
CREATE TABLE follow_ups (
    message BYTES NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- The first message of the case.
    about BYTES NOT NULL REFERENCES messages (id),
    -- A code: what it is.
    kind TEXT NOT NULL,
    at BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX follow_ups_about ON follow_ups (about, at);

-- When somebody outside said something that has not been answered since. NULL: nothing waits for an answer.
ALTER TABLE items ADD COLUMN heard_at BIGINT;
-- 1: the report says that there is a relay log (stafettlogg, BTI).
ALTER TABLE items ADD COLUMN relay_log BIGINT NOT NULL DEFAULT 0;
DROP INDEX items_unanswered;
CREATE INDEX items_unanswered ON items (deadline, id) WHERE first_answer_at IS NULL OR heard_at IS NOT NULL;
