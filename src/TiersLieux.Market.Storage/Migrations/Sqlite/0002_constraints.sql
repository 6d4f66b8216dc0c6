-- What the database itself refuses, whatever a program believes.

-- Two occupations of one seat never overlap (half-open intervals).
CREATE TRIGGER occupation_overlap_insert BEFORE INSERT ON occupation
WHEN EXISTS (SELECT 1 FROM occupation o WHERE o.resource_id = NEW.resource_id AND o.seat = NEW.seat AND o.start < NEW."end" AND NEW.start < o."end")
BEGIN
    SELECT RAISE(ABORT, 'occupation_overlap');
END;

CREATE TRIGGER occupation_overlap_update BEFORE UPDATE OF resource_id, seat, start, "end" ON occupation
WHEN EXISTS (SELECT 1 FROM occupation o WHERE o.id <> OLD.id AND o.resource_id = NEW.resource_id AND o.seat = NEW.seat AND o.start < NEW."end" AND NEW.start < o."end")
BEGIN
    SELECT RAISE(ABORT, 'occupation_overlap');
END;

-- The audit log and an order's story only grow.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER order_event_no_update BEFORE UPDATE ON order_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER order_event_no_delete BEFORE DELETE ON order_event BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- An issued document never changes (art. 286 I 3° bis CGI): it is corrected by another one.
CREATE TRIGGER invoice_no_update BEFORE UPDATE ON invoice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER invoice_no_delete BEFORE DELETE ON invoice BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER invoice_line_no_update BEFORE UPDATE ON invoice_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER invoice_line_no_delete BEFORE DELETE ON invoice_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER invoice_vat_no_update BEFORE UPDATE ON invoice_vat BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER invoice_vat_no_delete BEFORE DELETE ON invoice_vat BEGIN SELECT RAISE(ABORT, 'append_only'); END;

-- The ledger: lines first, then posted = 1, which is refused unless they balance. Nothing posted changes but its lettering.
CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry WHEN NEW.posted <> 0
BEGIN
    SELECT RAISE(ABORT, 'post_after_lines');
END;
CREATE TRIGGER journal_entry_update BEFORE UPDATE ON journal_entry WHEN OLD.posted <> 0
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER journal_entry_post BEFORE UPDATE OF posted ON journal_entry
WHEN NEW.posted <> 0 AND (SELECT coalesce(sum(debit), 0) <> coalesce(sum(credit), 0) OR count(*) < 2 FROM journal_line WHERE entry_id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'entry_unbalanced');
END;
CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry BEGIN SELECT RAISE(ABORT, 'append_only'); END;
CREATE TRIGGER journal_line_insert BEFORE INSERT ON journal_line WHEN (SELECT posted FROM journal_entry WHERE id = NEW.entry_id) <> 0
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER journal_line_update BEFORE UPDATE OF id, entry_id, "order", account, account_label, auxiliary_id, auxiliary_code, label, debit, credit, vat_rate ON journal_line
BEGIN
    SELECT RAISE(ABORT, 'append_only');
END;
CREATE TRIGGER journal_line_no_delete BEFORE DELETE ON journal_line BEGIN SELECT RAISE(ABORT, 'append_only'); END;
