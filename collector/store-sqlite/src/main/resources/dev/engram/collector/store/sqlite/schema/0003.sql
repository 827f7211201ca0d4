-- Version 3.

-- The attribute db.response.returned_rows of SQL spans; those of earlier versions keep it in attributes.
ALTER TABLE span ADD COLUMN returned_rows INTEGER;

ALTER TABLE begun ADD COLUMN returned_rows INTEGER;

CREATE INDEX measurement_by_time ON measurement (time);
