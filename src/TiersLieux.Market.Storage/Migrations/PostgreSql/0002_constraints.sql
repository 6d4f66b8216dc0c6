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
CREATE TRIGGER order_event_append_only BEFORE UPDATE OR DELETE ON order_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- An issued document never changes (art. 286 I 3° bis CGI): it is corrected by another one.
CREATE TRIGGER invoice_append_only BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_line_append_only BEFORE UPDATE OR DELETE ON invoice_line FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invoice_vat_append_only BEFORE UPDATE OR DELETE ON invoice_vat FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The ledger: lines first, then posted = true, which is refused unless they balance. Nothing posted changes but its lettering.
CREATE FUNCTION journal_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.posted) THEN
        RAISE EXCEPTION 'append_only: % of journal_entry is refused', TG_OP;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.posted THEN
        RAISE EXCEPTION 'post_after_lines: an entry is posted after its lines are stored';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.posted AND
        (SELECT coalesce(sum(debit), 0) <> coalesce(sum(credit), 0) OR count(*) < 2 FROM journal_line WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry_unbalanced: the lines of entry % do not balance', NEW.id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_guard();

CREATE FUNCTION journal_line_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF (SELECT posted FROM journal_entry WHERE id = NEW.entry_id) THEN
            RAISE EXCEPTION 'append_only: a posted entry takes no more lines';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'append_only: DELETE of journal_line is refused';
    END IF;
    IF (NEW.id, NEW.entry_id, NEW."order", NEW.account, NEW.account_label, NEW.auxiliary_id, NEW.auxiliary_code, NEW.label, NEW.debit, NEW.credit, NEW.vat_rate)
        IS DISTINCT FROM
       (OLD.id, OLD.entry_id, OLD."order", OLD.account, OLD.account_label, OLD.auxiliary_id, OLD.auxiliary_code, OLD.label, OLD.debit, OLD.credit, OLD.vat_rate) THEN
        RAISE EXCEPTION 'append_only: only the lettering of a line changes';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER journal_line_guard BEFORE INSERT OR UPDATE OR DELETE ON journal_line FOR EACH ROW EXECUTE FUNCTION journal_line_guard();
