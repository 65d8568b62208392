-- What was passed on to another unit and lies unopened there: the unit is told of it.
CREATE INDEX items_passed_on ON items (came_from, id) WHERE came_from IS NOT NULL AND state IN ('unread', 'proposed');
-- Cases that are over and still lifted to a group: the lift ends.
CREATE INDEX items_lifted_and_over ON items (closed_at) WHERE lifted_to IS NOT NULL AND state IN ('closed', 'transferred', 'withdrawn');
-- The same index was made twice (0002 and 0040).
DROP INDEX items_archived;
