-- The first shape of the database. Released migrations are never edited; the next change is the next number.
--
-- One text for every engine. BYTES, ROW_NUMBER, SEQUENCE and CLUSTERED are replaced by the engine's own words.
-- Three kinds of value: TEXT, BIGINT, BYTES. Moments are microseconds since 1970-01-01T00:00:00Z. Our own ids are the
-- sixteen bytes of a UUID; those of version 7 sort by time. "Sealed" is AES-256-GCM; see storage/seal.rs.

-- How this database was made, and its own keys.
CREATE TABLE house (
    -- `sealing`, `index_key`.
    name TEXT NOT NULL PRIMARY KEY,
    -- sealing: `on` or `off`, for good. index_key: id of the key-encryption key that wraps it.
    word TEXT NOT NULL,
    -- index_key: the key of the blind indexes, wrapped.
    value BYTES
);

-- A known value under each key-encryption key that was ever used here: tells a wrong key before anything is written.
CREATE TABLE key_checks (
    key_id TEXT NOT NULL PRIMARY KEY,
    wrapped BYTES NOT NULL
);

-- Messages as received, and what was decided about them.
CREATE TABLE messages (
    id BYTES NOT NULL PRIMARY KEY,
    -- What people say to each other on the telephone.
    reference TEXT NOT NULL UNIQUE,
    received_at BIGINT NOT NULL,
    -- accepted: brought to units. rejected: answered with what is wrong. stuck: judging failed on our side; an operator
    -- requeues it.
    state TEXT NOT NULL CHECK (state IN ('accepted', 'rejected', 'stuck')),
    -- Organisation number of the certificate.
    sender TEXT NOT NULL,
    -- Name of the registered sender in the configuration.
    sender_name TEXT NOT NULL,
    -- The sender's own id; `sha256:` and the hash when it could not be read.
    sender_message_id TEXT NOT NULL,
    -- MsgInfo/Type.
    message_type TEXT NOT NULL,
    sender_her_id BIGINT,
    receiver_her_id BIGINT,
    -- Where the report is for; four digits.
    municipality TEXT,
    -- Which door it came through: https, file.
    channel TEXT NOT NULL,
    -- The character set that the transport named.
    charset TEXT,
    -- Of the bytes as received.
    sha256 BYTES NOT NULL,
    -- Bytes as received.
    size BIGINT NOT NULL,
    -- How long judging took. Microseconds.
    judged_us BIGINT NOT NULL,
    -- JSON: every finding with code, severity, place and text. No values from the message.
    findings TEXT NOT NULL,
    -- JSON: why it went where it went, one sentence per rule looked at.
    route TEXT NOT NULL,
    -- The bytes as received, sealed.
    body BYTES NOT NULL,
    -- The database, not a look beforehand, sees to it that nothing is stored twice.
    UNIQUE (sender_message_id, sender)
);
CREATE INDEX messages_received ON messages (received_at, id);
CREATE INDEX messages_sender ON messages (sender_name, received_at, id);
CREATE INDEX messages_rejected ON messages (received_at, id) WHERE state = 'rejected';
CREATE INDEX messages_stuck ON messages (received_at, id) WHERE state = 'stuck';

-- One key per message, for its body and the summaries of its items. Without the row they cannot be read by anybody.
CREATE TABLE data_keys (
    message BYTES NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- The key-encryption key that wraps it.
    key_id TEXT NOT NULL,
    wrapped BYTES NOT NULL
) CLUSTERED;

-- The answer to each message, the same each time it is asked for. A stuck message has none.
CREATE TABLE receipts (
    message BYTES NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- The AppRec's own id.
    id BYTES NOT NULL,
    -- `1.0` or `1.1`.
    version TEXT NOT NULL,
    -- What the sender asked for (Ack): J, N, F or what it wrote.
    ack TEXT NOT NULL,
    -- The AppRec, UTF-8. Holds no personal data.
    xml BYTES NOT NULL
);

-- A message in a unit's inbox: one row per unit.
CREATE TABLE items (
    id BYTES NOT NULL PRIMARY KEY,
    message BYTES NOT NULL REFERENCES messages (id),
    -- The unit's name in the unit directory.
    unit TEXT NOT NULL,
    -- content: the report itself. awareness: only that it exists.
    share TEXT NOT NULL CHECK (share IN ('content', 'awareness')),
    -- unread: nobody has looked. opened: somebody has looked. taken: somebody is responsible. closed: done.
    state TEXT NOT NULL CHECK (state IN ('unread', 'opened', 'taken', 'closed')),
    -- 0: urgent. 1: ordinary. What should be done first sorts first.
    place_in_line BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    -- Code of the kind of report.
    kind TEXT NOT NULL,
    -- Codes of the needs, with blanks between.
    needs TEXT NOT NULL,
    -- 1: the person's address is graded.
    protected BIGINT NOT NULL,
    attachments BIGINT NOT NULL,
    -- Who has taken it, or had when it was closed.
    responsible BYTES,
    -- That person's name at work.
    responsible_name TEXT,
    -- Blind index of the person's identity number.
    person_index BYTES,
    -- JSON: name, identity number, sender; sealed.
    summary BYTES NOT NULL
) CLUSTERED;
CREATE INDEX items_work ON items (unit, state, place_in_line, received_at, id);
CREATE INDEX items_newest ON items (unit, state, received_at, id);
CREATE INDEX items_work_own ON items (responsible, unit, state, place_in_line, received_at, id)
    WHERE responsible IS NOT NULL;
CREATE INDEX items_newest_own ON items (responsible, unit, state, received_at, id) WHERE responsible IS NOT NULL;
CREATE INDEX items_message ON items (message);
CREATE INDEX items_unit_message ON items (unit, message);
CREATE INDEX items_unread ON items (received_at) WHERE state = 'unread';
CREATE INDEX items_person ON items (person_index, received_at, id) WHERE person_index IS NOT NULL;

-- That a unit is to be told that something waits. A queue with a lease.
CREATE TABLE notices (
    id BYTES NOT NULL PRIMARY KEY,
    message BYTES NOT NULL REFERENCES messages (id),
    reference TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- email, webhook.
    channel TEXT NOT NULL,
    -- queued: waits for `due`, or is being tried under a lease. delivered. abandoned: an operator can requeue it.
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'abandoned')),
    created_at BIGINT NOT NULL,
    -- When to try next.
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Who works on it: a random token, until `lease_expires`. NULL: nobody.
    lease_token BYTES,
    lease_expires BIGINT,
    -- A sentence about the world, for operators.
    last_failure TEXT
) CLUSTERED;
CREATE INDEX notices_due ON notices (due, id) WHERE state = 'queued';
CREATE INDEX notices_waiting ON notices (created_at) WHERE state = 'queued';
CREATE INDEX notices_queue ON notices (unit, channel, due, id) WHERE state = 'queued';
CREATE INDEX notices_message ON notices (message);
-- At most one at a time for each unit and channel, so that a dead receiver holds one worker and not all.
CREATE UNIQUE INDEX notices_held ON notices (unit, channel) WHERE lease_token IS NOT NULL;

-- What could not be answered with a receipt. Never the content.
CREATE TABLE refusals (
    id SEQUENCE,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL,
    -- Organisation of the certificate, when there was one.
    peer TEXT,
    sender_message_id TEXT,
    -- The first finding's code.
    code TEXT NOT NULL,
    -- Bytes read.
    size BIGINT NOT NULL,
    sha256 BYTES NOT NULL,
    -- Of the message that we had before under the same id.
    first_sha256 BYTES
);

-- What a person must deal with. At most one open of each kind for each subject.
CREATE TABLE alarms (
    id SEQUENCE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    last_raised_at BIGINT NOT NULL,
    -- How often it has been raised, the first time included.
    times BIGINT NOT NULL,
    -- NULL: it is open.
    cleared_at BIGINT
);
CREATE UNIQUE INDEX alarms_open ON alarms (kind, subject) WHERE cleared_at IS NULL;

-- How many there are, kept in the same transactions as the rows that are counted.
CREATE TABLE tallies (
    -- message, item, notice, refusal.
    what TEXT NOT NULL,
    -- The unit of items; empty for the others.
    unit TEXT NOT NULL,
    -- The state; empty for refusals.
    state TEXT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (what, unit, state)
) CLUSTERED;

-- Who did what and when: a chain of hashes, without gaps.
CREATE TABLE journal (
    -- From 1.
    sequence ROW_NUMBER,
    at BIGINT NOT NULL,
    -- house, operator, person.
    actor TEXT NOT NULL,
    -- The operator's account on the machine, or the person's id.
    actor_id TEXT NOT NULL,
    -- The person's name at work.
    actor_name TEXT NOT NULL,
    -- A word from a closed list.
    action TEXT NOT NULL,
    -- The message it is about, if any.
    message BYTES,
    -- For people. Never about a patient.
    detail TEXT NOT NULL,
    -- SHA-256 of the previous line's hash and this line.
    hash BYTES NOT NULL
);
CREATE INDEX journal_message ON journal (message, sequence) WHERE message IS NOT NULL;

-- Where the journal ends, so that lines cannot be taken from its end. One row, which also lets one in at a time.
CREATE TABLE journal_head (
    -- Always 1.
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    lines BIGINT NOT NULL,
    -- Hash of the last line; of nothing (32 zero bytes) when there is none.
    hash BYTES NOT NULL
);

-- People who may use the inbox.
CREATE TABLE users (
    id BYTES NOT NULL PRIMARY KEY,
    -- What the person signs in as; never given to anybody else afterwards.
    login TEXT NOT NULL UNIQUE,
    -- Name at work.
    display_name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- NULL: may sign in.
    ended_at BIGINT,
    -- argon2id, as a PHC string. NULL: none has been set.
    password_hash TEXT
);

CREATE TABLE user_units (
    user_id BYTES NOT NULL REFERENCES users (id),
    unit TEXT NOT NULL,
    PRIMARY KEY (user_id, unit)
) CLUSTERED;

-- One-time links, by the hash of their token.
CREATE TABLE links (
    token_sha256 BYTES NOT NULL PRIMARY KEY,
    user_id BYTES NOT NULL REFERENCES users (id),
    expires BIGINT NOT NULL,
    -- NULL: it can still be used.
    used_at BIGINT
);
CREATE INDEX links_user ON links (user_id);

-- Signed-in browsers, by the hash of their token.
CREATE TABLE sessions (
    token_sha256 BYTES NOT NULL PRIMARY KEY,
    user_id BYTES NOT NULL REFERENCES users (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    -- What every form of the session carries.
    form_secret TEXT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);

-- Failed attempts to sign in.
CREATE TABLE failed_sign_ins (
    id SEQUENCE,
    -- Blind index of what was typed as the login name.
    login_index BYTES NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failed_sign_ins_login ON failed_sign_ins (login_index, at);

-- Written and synced to see whether the database can be written.
CREATE TABLE probe (
    id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    at BIGINT NOT NULL
);

INSERT INTO journal_head (id, lines, hash) VALUES (1, 0, NO_HASH);
INSERT INTO probe (id, at) VALUES (1, 0);
