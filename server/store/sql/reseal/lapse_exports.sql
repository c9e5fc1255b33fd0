-- Byte 2 and 3 of a sealed value are its key's number.
SELECT COUNT(*) FROM export_chunks WHERE substr(data_enc, 2, 2) = $1
