SELECT brand, family, status, verification FROM catalog ORDER BY position, brand
