-- The archive's people know a case by their own number alone.

CREATE INDEX items_archived ON items (archive_index) WHERE archive_index IS NOT NULL;
