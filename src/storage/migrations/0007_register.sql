-- The register: a unit's items newest first, whatever their state.

CREATE INDEX items_register ON items (unit, received_at, id);
