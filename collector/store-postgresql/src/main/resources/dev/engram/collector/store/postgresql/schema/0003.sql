-- Version 3.

-- What people said of error groups and solutions: kept for good, so it is not divided by day.
CREATE TABLE knowledge (
  arrival bigint PRIMARY KEY,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  subject text NOT NULL,
  subject_id text NOT NULL,
  property text NOT NULL,
  value text NOT NULL,
  author text
);
