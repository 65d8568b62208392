-- A person is one at a provider. Where somebody has been tied twice, the older tie stays.

DELETE FROM identities
WHERE EXISTS (
    SELECT 1 FROM identities AS older
    WHERE older.provider = identities.provider AND older.user_id = identities.user_id
        AND (older.added_at < identities.added_at
            OR older.added_at = identities.added_at AND older.subject_index < identities.subject_index));
CREATE UNIQUE INDEX identities_one ON identities (user_id, provider);
