-- Casework: more states of an item, what people know and decide about it, and everything that was done with it.
--
-- Days are TEXT, `2026-11-22`, in Norway. "Sealed" is under the message's data key; see storage/seal.rs.

-- No engine widens a CHECK in place in the same words as another, so the table is made anew.
CREATE TABLE items_anew (
    id BYTES NOT NULL PRIMARY KEY,
    message BYTES NOT NULL REFERENCES messages (id),
    -- The unit's name in the unit directory.
    unit TEXT NOT NULL,
    -- content: the report itself. awareness: only that it exists.
    share TEXT NOT NULL CHECK (share IN ('content', 'awareness')),
    -- unread: nobody has looked. opened: somebody has looked. taken: somebody is responsible. waiting: the sender has been
    -- asked. proposed: another unit offers it to this one. offered: this one offers it to another. transferred: another has
    -- it. withdrawn: it was not for this unit. closed: done.
    state TEXT NOT NULL CHECK (state IN
        ('unread', 'opened', 'taken', 'waiting', 'proposed', 'offered', 'transferred', 'withdrawn', 'closed')),
    -- 0: urgent. 1: ordinary.
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
    summary BYTES NOT NULL,
    -- When the sender must have an answer. What should be done first sorts first.
    deadline BIGINT NOT NULL,
    -- Code of the reporter's category. NULL: not known, or not for this unit to know.
    reporter TEXT,
    -- child, adult or old, on the day it was received. NULL: not known, or not for this unit to know.
    age_group TEXT,
    -- How many events there have been; whoever changes the row counts it up.
    version BIGINT NOT NULL,
    opened_at BIGINT,
    confirmed_at BIGINT,
    first_answer_at BIGINT,
    closed_at BIGINT,
    next_contact_on TEXT,
    -- Code of what came of it, and the day.
    outcome TEXT,
    decided_on TEXT,
    -- Blind index of the archive reference. NULL: it is not filed.
    archive_index BYTES,
    -- Code of what the consent has been changed to. NULL: it is as the report says.
    consent TEXT,
    -- Code of where the individual plan stands, and since when.
    plan TEXT,
    plan_on TEXT,
    -- Code of whether there is a team around the person.
    team TEXT,
    -- Code of a need that is not covered.
    unmet_need TEXT,
    -- 1: the case shows something that can be done better.
    improvement BIGINT NOT NULL,
    -- The group that it was lifted to.
    lifted_to TEXT,
    -- The item that this one was lifted or transferred from.
    came_from BYTES,
    -- The last day on which there is a main coordinator. NULL: nobody is named. Open-ended: 9999-12-31.
    coordinated_until TEXT,
    -- JSON: all of the case, sealed. NULL: nothing has been done yet.
    facts BYTES,
    -- JSON: the case before the last act, sealed; who may restore it is the last event's actor.
    undo BYTES,
    -- Until when that can be restored.
    undo_until BIGINT,
    -- When the content is removed, because it was not for this unit. NULL: it stays, or is gone.
    remove_at BIGINT
) CLUSTERED;

-- A month for what was there already, and a day for what was urgent: what the house computes is a little less.
INSERT INTO items_anew (id, message, unit, share, state, place_in_line, received_at, kind, needs, protected, attachments,
    responsible, responsible_name, person_index, summary, deadline, version, improvement)
SELECT id, message, unit, share, state, place_in_line, received_at, kind, needs, protected, attachments,
    responsible, responsible_name, person_index, summary,
    received_at + CASE place_in_line WHEN 0 THEN 86400000000 ELSE 2592000000000 END, 0, 0
FROM items;

DROP TABLE items;
ALTER TABLE items_anew RENAME TO items;

CREATE INDEX items_work ON items (unit, state, deadline, id);
CREATE INDEX items_newest ON items (unit, state, received_at, id);
CREATE INDEX items_work_own ON items (responsible, unit, state, deadline, id) WHERE responsible IS NOT NULL;
CREATE INDEX items_newest_own ON items (responsible, unit, state, received_at, id) WHERE responsible IS NOT NULL;
CREATE INDEX items_message ON items (message);
CREATE INDEX items_unit_message ON items (unit, message);
CREATE INDEX items_unread ON items (received_at) WHERE state = 'unread';
CREATE INDEX items_person ON items (person_index, received_at, id) WHERE person_index IS NOT NULL;
CREATE INDEX items_archive ON items (archive_index) WHERE archive_index IS NOT NULL;
CREATE INDEX items_contact ON items (unit, next_contact_on, id) WHERE next_contact_on IS NOT NULL;
CREATE INDEX items_remove ON items (remove_at) WHERE remove_at IS NOT NULL;

-- Everything that was done with an item, in order. Lines are only added; what was undone says so.
CREATE TABLE case_events (
    item BYTES NOT NULL REFERENCES items (id),
    -- From 1, without gaps.
    sequence BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- The person's id, and name at work.
    actor BYTES NOT NULL,
    actor_name TEXT NOT NULL,
    -- A word from a closed list.
    act TEXT NOT NULL,
    -- The state of the item afterwards.
    state TEXT NOT NULL,
    -- JSON: what was said and chosen, sealed. NULL: nothing, or the content has been removed.
    detail BYTES,
    -- When it leaves the house. NULL: it does not, or it has.
    send_due BIGINT,
    -- 1: it was taken back, and does not count.
    undone BIGINT NOT NULL,
    PRIMARY KEY (item, sequence)
) CLUSTERED;
CREATE INDEX case_events_send ON case_events (send_due, item, sequence) WHERE send_due IS NOT NULL;

-- Who coordinates for whom: the part of the case that lists of coordinators are made from.
CREATE TABLE coordinators (
    id BYTES NOT NULL PRIMARY KEY,
    item BYTES NOT NULL REFERENCES items (id),
    unit TEXT NOT NULL,
    -- Codes of the kind, and of whether it is the one to turn to.
    kind TEXT NOT NULL,
    duty TEXT NOT NULL,
    -- Blind index of the coordinator's id or name: how many cases each has, without saying whose.
    who_index BYTES NOT NULL,
    -- Sealed.
    name BYTES NOT NULL,
    from_on TEXT NOT NULL,
    -- The last day. Open-ended: 9999-12-31.
    until_on TEXT NOT NULL
) CLUSTERED;
CREATE INDEX coordinators_item ON coordinators (item);
CREATE INDEX coordinators_unit ON coordinators (unit, until_on, id);
CREATE INDEX coordinators_who ON coordinators (who_index, unit, until_on);

-- That somebody is to take an item over: open until the receiver has answered.
CREATE TABLE transfers (
    -- Also the id of the receiver's item, when the receiver is a unit here.
    id BYTES NOT NULL PRIMARY KEY,
    item BYTES NOT NULL REFERENCES items (id),
    from_unit TEXT NOT NULL,
    -- NULL: the receiver is outside.
    to_unit TEXT,
    -- Municipality number of a receiver outside. NULL: a unit here, or a hospital trust.
    to_municipality TEXT,
    -- Name of a receiver outside; empty for a unit here.
    to_name TEXT NOT NULL,
    -- open: not answered. accepted. declined. taken_back: by the one who offered.
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'taken_back')),
    offered_at BIGINT NOT NULL,
    offered_by_name TEXT NOT NULL,
    -- Why; sealed.
    why BYTES NOT NULL,
    settled_at BIGINT,
    settled_by_name TEXT
) CLUSTERED;
CREATE INDEX transfers_item ON transfers (item, offered_at);
CREATE INDEX transfers_open ON transfers (offered_at, id) WHERE state = 'open';
