-- When the unit last was in touch with a coordinator, to guide and to teach (seed L-06). About staff alone: no case, no patient.

CREATE TABLE coordinator_contacts (
    -- The unit that was in touch.
    unit TEXT NOT NULL,
    -- The same blind index as in `coordinators`: the same for the same name, and nothing else.
    who_index BYTES NOT NULL,
    -- The day, as 2026-11-22.
    contacted_on TEXT NOT NULL,
    -- When it was written down, microseconds, and by whom.
    at BIGINT NOT NULL,
    by_id BYTES NOT NULL,
    by_name TEXT NOT NULL,
    PRIMARY KEY (unit, who_index)
);
