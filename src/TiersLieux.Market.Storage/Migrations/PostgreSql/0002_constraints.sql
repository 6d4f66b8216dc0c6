-- What the database itself refuses, whatever a program believes.

-- Two occupations of one seat never overlap (half-open intervals).
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE occupation ADD CONSTRAINT ex_occupation_overlap
    EXCLUDE USING gist (resource_id WITH =, seat WITH =, tstzrange(start, "end") WITH &&);

-- The audit log and an order's story only grow.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append_only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION refuse_change();
