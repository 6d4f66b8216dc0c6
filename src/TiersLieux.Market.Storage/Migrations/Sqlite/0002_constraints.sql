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
