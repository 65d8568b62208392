-- Groups that meet: when, about which cases, what was said and who does what; questions from coordinators; and notices that
-- call people to a meeting.
--
-- Days are TEXT, `2026-11-22`, in Norway. "Sealed" is under the message's data key; see storage/seal.rs.

CREATE TABLE meetings (
    id BYTES NOT NULL PRIMARY KEY,
    -- Says nothing, as a message's.
    reference TEXT NOT NULL,
    -- The group's name in the unit directory.
    unit TEXT NOT NULL,
    -- fixed: planned long ahead. extraordinary: called for what cannot wait.
    kind TEXT NOT NULL CHECK (kind IN ('fixed', 'extraordinary')),
    -- planned. cancelled: called off. That it has been held is known by the clock.
    state TEXT NOT NULL CHECK (state IN ('planned', 'cancelled')),
    at BIGINT NOT NULL,
    -- When it is over.
    ends BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    -- A room. Nothing about a person; empty when it is not said.
    place TEXT NOT NULL,
    -- How often it has been changed; whoever changes the row counts it up.
    revision BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX meetings_unit ON meetings (unit, ends, id);

-- Which cases a meeting is about, in which order, and what was said of each.
CREATE TABLE agenda (
    meeting BYTES NOT NULL REFERENCES meetings (id),
    item BYTES NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    -- The lowest is discussed first.
    place_in_order BIGINT NOT NULL,
    put_at BIGINT NOT NULL,
    put_by_name TEXT NOT NULL,
    -- Sealed. NULL: nothing has been written, or the content has been removed.
    minutes BYTES,
    -- Code of what the meeting said. NULL: nothing yet.
    decision TEXT,
    written_at BIGINT,
    written_by_name TEXT,
    PRIMARY KEY (meeting, item)
) CLUSTERED;
CREATE INDEX agenda_item ON agenda (item);

-- What has to be done about a case.
CREATE TABLE tasks (
    id BYTES NOT NULL PRIMARY KEY,
    item BYTES NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    unit TEXT NOT NULL,
    -- A word from a closed list.
    kind TEXT NOT NULL,
    -- What exactly; sealed. NULL: the word says it, or the content has been removed.
    text BYTES,
    due_on TEXT NOT NULL,
    -- Whose it is, and that person's name at work. NULL: the unit's.
    assignee BYTES,
    assignee_name TEXT,
    -- The meeting that gave it.
    meeting BYTES,
    made_at BIGINT NOT NULL,
    made_by_name TEXT NOT NULL,
    -- The event of the case that made it, which takes it away when it is undone. NULL: a person made it.
    made_event BIGINT,
    -- NULL: it is to be done.
    done_at BIGINT,
    done_by_name TEXT,
    -- The event of the case by which it was done.
    done_event BIGINT
) CLUSTERED;
CREATE INDEX tasks_item ON tasks (item);
CREATE INDEX tasks_open ON tasks (unit, due_on, id) WHERE done_at IS NULL;
CREATE INDEX tasks_own ON tasks (assignee, due_on, id) WHERE done_at IS NULL;

-- What a coordinator asks the leader of the coordinating unit about a case, and what the leader answers. Nobody else's.
CREATE TABLE questions (
    item BYTES NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    -- From 1, without gaps.
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    author BYTES NOT NULL,
    author_name TEXT NOT NULL,
    -- asked: by the coordinator. answered: by the leader.
    side TEXT NOT NULL CHECK (side IN ('asked', 'answered')),
    -- Sealed. NULL: the content has been removed.
    text BYTES,
    PRIMARY KEY (item, sequence)
) CLUSTERED;

-- Why a case was lifted to the members of its own unit, and how far it had come. NULL: it was put on the agenda by the one who
-- keeps it, or lifted before this was asked for.
ALTER TABLE lifts ADD COLUMN reason TEXT;
ALTER TABLE lifts ADD COLUMN step TEXT;
-- 1: only because it is on an agenda.
ALTER TABLE lifts ADD COLUMN by_agenda BIGINT NOT NULL DEFAULT 0;

-- One more reminder. No engine widens a CHECK in place in the same words as another, so the table is made anew.
CREATE TABLE reminders_anew (
    item BYTES NOT NULL REFERENCES items (id) ON DELETE CASCADE,
    -- unread, unread_deputy, unread_leader, answer_late, meeting_too_late.
    reminder TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (item, reminder)
) CLUSTERED;
INSERT INTO reminders_anew (item, reminder, at) SELECT item, reminder, at FROM reminders;
DROP TABLE reminders;
ALTER TABLE reminders_anew RENAME TO reminders;

-- A notice that calls to a meeting is about no message, so the table is made anew.
CREATE TABLE notices_anew (
    id BYTES NOT NULL PRIMARY KEY,
    -- NULL: it is about a meeting.
    message BYTES REFERENCES messages (id),
    -- The message's, or the meeting's.
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
    last_failure TEXT,
    -- What it reminds of. NULL: something new has come, or a meeting is called.
    reminder TEXT,
    -- The meeting that it calls to, moves or calls off.
    meeting BYTES REFERENCES meetings (id)
) CLUSTERED;
INSERT INTO notices_anew (id, message, reference, unit, channel, state, created_at, due, attempts, lease_token,
    lease_expires, last_failure, reminder)
SELECT id, message, reference, unit, channel, state, created_at, due, attempts, lease_token, lease_expires, last_failure,
    reminder
FROM notices;
DROP TABLE notices;
ALTER TABLE notices_anew RENAME TO notices;
CREATE INDEX notices_due ON notices (due, id) WHERE state = 'queued';
CREATE INDEX notices_waiting ON notices (created_at) WHERE state = 'queued';
CREATE INDEX notices_queue ON notices (unit, channel, due, id) WHERE state = 'queued';
CREATE INDEX notices_message ON notices (message);
-- At most one at a time for each unit and channel, so that a dead receiver holds one worker and not all.
CREATE UNIQUE INDEX notices_held ON notices (unit, channel) WHERE lease_token IS NOT NULL;
