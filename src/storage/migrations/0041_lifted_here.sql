-- What is only lifted to a group is not the group's to take, and what a unit is only told of ends with the case.

-- What came from another row of the same report: few, among all that came by itself.
CREATE INDEX items_came_from ON items (unit, state) WHERE came_from IS NOT NULL;
-- What is told of and not ended yet, for the look at whether anybody has the content open.
CREATE INDEX items_told ON items (message) WHERE share = 'awareness' AND state = 'unread';
