SELECT brand, family, position, status, verification, info_json, form_json, version, revision, updated_at FROM catalog WHERE brand = $1 /*for update*/
