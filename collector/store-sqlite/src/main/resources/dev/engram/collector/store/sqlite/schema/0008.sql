-- Version 8.

-- What people said of error groups and solutions: kept for good, whatever else goes.
CREATE TABLE knowledge (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  subject ANY NOT NULL,
  subject_id ANY NOT NULL,
  property ANY NOT NULL,
  value ANY NOT NULL,
  author ANY
) STRICT;
