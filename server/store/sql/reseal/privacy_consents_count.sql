SELECT COUNT(*) FROM privacy_consents
