-- Reports that a unit is only told of are nobody's work there, and are counted apart from what nobody has taken.

CREATE INDEX items_only_told ON items (unit, state, protected) WHERE share = 'awareness';
