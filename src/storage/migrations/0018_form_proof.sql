-- The form: how a private person proved who they were before they wrote.

-- The provider and the level of assurance, such as `idporten, idporten-loa-high`. NULL: nobody asked for it.
ALTER TABLE form_drafts ADD COLUMN proved TEXT;
ALTER TABLE form_reports ADD COLUMN proved TEXT;
