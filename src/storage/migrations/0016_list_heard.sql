-- Whether the sender has been heard from again stands in the indexes of the lists too.

DROP INDEX items_work;
CREATE INDEX items_work ON items (unit, state, deadline, id, protected, share, kind, needs, dimensions, reporter, sender_name,
    age_group, place_in_line, responsible, municipality, plan, team, coordinated_until, first_answer_at, closed_at,
    next_contact_on, received_at, heard_at);
DROP INDEX items_newest;
CREATE INDEX items_newest ON items (unit, state, received_at, id, protected, share, kind, needs, dimensions, reporter,
    sender_name, age_group, place_in_line, responsible, municipality, plan, team, coordinated_until, first_answer_at, deadline,
    heard_at);
