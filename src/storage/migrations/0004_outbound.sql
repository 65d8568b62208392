-- What the house itself sends: answers, questions, words about errors, reports passed on. A queue with a lease.
CREATE TABLE outbound (
    -- Ours, fixed when it is written; also the message's MsgId.
    id BYTES NOT NULL PRIMARY KEY,
    -- The message that it is about. Its data key seals what is about persons here.
    message BYTES NOT NULL REFERENCES messages (id),
    reference TEXT NOT NULL,
    -- The item in whose unit's name it is sent, if it was written there.
    item BYTES,
    -- answer, question, fault_report, transfer.
    kind TEXT NOT NULL CHECK (kind IN ('answer', 'question', 'fault_report', 'transfer')),
    -- Of a fault_report the reason (code list 8117), of a transfer the municipality.
    kind_detail TEXT,
    -- Name of the registered receiver in the configuration.
    receiver TEXT NOT NULL,
    -- Its organisation: whose AppRec counts.
    receiver_organisation TEXT NOT NULL,
    -- Who wrote it, as in the journal.
    actor TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    -- queued: waits for `due`, or is being tried under a lease. sent: delivered, the AppRec is awaited and asked for at
    -- `due`. acknowledged. rejected: a negative AppRec, or feedback on an error. abandoned: an operator can requeue it.
    -- cancelled: taken back before it was sent.
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'acknowledged', 'rejected', 'abandoned', 'cancelled')),
    created_at BIGINT NOT NULL,
    -- When to try next. At first the end of the time in which it can be taken back.
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- When an alarm is raised if no AppRec has come.
    answer_by BIGINT NOT NULL,
    -- When that alarm was raised; NULL: not yet.
    late_at BIGINT,
    -- When somebody dealt with it another way; its alarms are over.
    closed_at BIGINT,
    -- Who works on it: a random token, until `lease_expires`. NULL: nobody.
    lease_token BYTES,
    lease_expires BIGINT,
    -- When the receiver gave its word.
    answered_at BIGINT,
    -- Codes of the receiver's word, with blanks between: list 8221, or 8117.
    answer_codes TEXT,
    -- A sentence about the world, for operators.
    last_failure TEXT,
    -- What was written; sealed.
    text BYTES NOT NULL,
    -- The message as it is sent each time; sealed. NULL: not made yet.
    body BYTES
) CLUSTERED;
CREATE INDEX outbound_due ON outbound (due, id) WHERE state IN ('queued', 'sent');
CREATE INDEX outbound_late ON outbound (answer_by, id) WHERE state IN ('queued', 'sent');
CREATE INDEX outbound_queue ON outbound (receiver, due, id) WHERE state IN ('queued', 'sent');
CREATE INDEX outbound_message ON outbound (message, id);
CREATE INDEX outbound_state ON outbound (state, created_at, id);
-- At most one at a time for each receiver, so that a dead receiver holds one worker and not all.
CREATE UNIQUE INDEX outbound_held ON outbound (receiver) WHERE lease_token IS NOT NULL;
