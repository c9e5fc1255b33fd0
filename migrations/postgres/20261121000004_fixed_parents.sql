-- Each reference from a new order to a row that all orders share (a brand, a bank, a document) locked that row, and
-- orders at the same time queued up for it: a tenth of all orders in a second. These rows are never deleted and never
-- change their key, which is now a rule of their own; what an order refers to was read from them a moment before
-- (docs/adr/0009). SQLite keeps the references, and every test runs on both engines.
ALTER TABLE order_items DROP CONSTRAINT order_items_brand_fkey;
ALTER TABLE orders DROP CONSTRAINT orders_bank_code_fkey;
ALTER TABLE privacy_consents DROP CONSTRAINT privacy_consents_consent_type_document_version_fkey;

CREATE FUNCTION refuse_lost_parent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('a row of %I is never deleted and keeps its key', TG_TABLE_NAME);
END
$$;

CREATE TRIGGER catalog_stays BEFORE DELETE OR UPDATE OF brand ON catalog
    FOR EACH ROW EXECUTE FUNCTION refuse_lost_parent();
CREATE TRIGGER banks_stay BEFORE DELETE OR UPDATE OF bank_code ON banks
    FOR EACH ROW EXECUTE FUNCTION refuse_lost_parent();
CREATE TRIGGER documents_stay BEFORE DELETE OR UPDATE OF kind, version ON documents
    FOR EACH ROW EXECUTE FUNCTION refuse_lost_parent();
