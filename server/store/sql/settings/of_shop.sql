SELECT name, value_json, updated_at, revision, changed_by FROM settings WHERE name >= 'shop.' AND name < 'shop/'
