-- Case systems that use the interface /api/v1, what they have done, and what they are told by webhook.

-- A case system (fagsystem) is a user that never signs in: its roles are memberships, as for people.
CREATE TABLE api_clients (
    user_id BYTES NOT NULL PRIMARY KEY REFERENCES users (id),
    -- What operators call it.
    name TEXT NOT NULL UNIQUE,
    -- SHA-256 of the only client certificate (DER) that it may come with. NULL: it needs none.
    certificate_sha256 BYTES,
    created_at BIGINT NOT NULL
);

-- Its credentials, by the hash of the token. Two hold at a time while one is changed.
CREATE TABLE api_credentials (
    token_sha256 BYTES NOT NULL PRIMARY KEY,
    client BYTES NOT NULL REFERENCES api_clients (user_id),
    created_at BIGINT NOT NULL,
    -- It holds until then, and no longer.
    expires BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX api_credentials_client ON api_credentials (client);

-- What was done under which key, so that a repeat does nothing and gets the same answer.
CREATE TABLE api_acts (
    client BYTES NOT NULL REFERENCES api_clients (user_id),
    -- SHA-256 of the key that the case system chose.
    key_sha256 BYTES NOT NULL,
    -- SHA-256 of what was asked for under it.
    request_sha256 BYTES NOT NULL,
    at BIGINT NOT NULL,
    -- The answer.
    message BYTES NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    undo_until BIGINT,
    PRIMARY KEY (client, key_sha256)
) CLUSTERED;
CREATE INDEX api_acts_at ON api_acts (at);

-- Where a case system is told that something has changed.
CREATE TABLE hooks (
    client BYTES NOT NULL PRIMARY KEY REFERENCES api_clients (user_id),
    url TEXT NOT NULL,
    -- The secret that signs; sealed.
    secret BYTES NOT NULL,
    -- The one before, which signs too until `before_until`; sealed. NULL: there is none.
    before BYTES,
    before_until BIGINT,
    -- The last line of the journal that has been looked at.
    looked_to BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What is to be told. A queue with a lease. An item, a kind of event and nothing else.
CREATE TABLE hook_events (
    id BYTES NOT NULL PRIMARY KEY,
    client BYTES NOT NULL REFERENCES hooks (client),
    item BYTES NOT NULL,
    -- The journal's word for what happened, and when it did.
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- queued: waits for `due`, or is being tried under a lease. delivered. abandoned: an operator can requeue it.
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'abandoned')),
    created_at BIGINT NOT NULL,
    due BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Who works on it: a random token, until `lease_expires`. NULL: nobody.
    lease_token BYTES,
    lease_expires BIGINT,
    -- A sentence about the world, for operators.
    last_failure TEXT
) CLUSTERED;
CREATE INDEX hook_events_due ON hook_events (due, id) WHERE state = 'queued';
CREATE INDEX hook_events_state ON hook_events (state, created_at, id);
CREATE INDEX hook_events_queue ON hook_events (client, due, id) WHERE state = 'queued';
-- At most one at a time for each case system, so that a dead one holds one worker and not all.
CREATE UNIQUE INDEX hook_events_held ON hook_events (client) WHERE lease_token IS NOT NULL;
