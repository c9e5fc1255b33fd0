SELECT bank_code, kind, name_ko, name_en, position, enabled, hours_json FROM banks ORDER BY position, bank_code
