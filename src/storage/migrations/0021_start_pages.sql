-- Where a person begins after signing in, when they have chosen it themselves.

CREATE TABLE start_pages (
    user_id BYTES NOT NULL PRIMARY KEY REFERENCES users (id),
    -- inbox: the list. overview: the numbers of their units.
    page TEXT NOT NULL CHECK (page IN ('inbox', 'overview'))
) CLUSTERED;
