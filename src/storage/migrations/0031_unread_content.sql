-- What a unit is only told of stays unread for ever, and is no report that waits to be opened.

DROP INDEX items_unread;
CREATE INDEX items_unread ON items (received_at) WHERE state = 'unread' AND share = 'content';
