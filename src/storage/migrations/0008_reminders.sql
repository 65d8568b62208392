-- Reminders: who has been told, once, that a report lies unopened or unanswered.

-- unread, unread_deputy, unread_leader, answer_late. NULL: something new has come.
ALTER TABLE notices ADD COLUMN reminder TEXT;

CREATE TABLE reminders (
    item BYTES NOT NULL REFERENCES items (id),
    reminder TEXT NOT NULL CHECK (reminder IN ('unread', 'unread_deputy', 'unread_leader', 'answer_late')),
    at BIGINT NOT NULL,
    PRIMARY KEY (item, reminder)
) CLUSTERED;

-- What nobody has answered yet, by when it should have been.
CREATE INDEX items_unanswered ON items (deadline, id) WHERE first_answer_at IS NULL;
