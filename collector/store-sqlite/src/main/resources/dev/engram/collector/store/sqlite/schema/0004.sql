-- Version 4.

-- How many throwables of a type were constructed in the duration before time. site: NULL for all of the type, which is
-- exact; else count is an estimate between low and high. stack: the hash of one of the stacks, 0 for none.
CREATE TABLE throw_count (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  type INTEGER NOT NULL REFERENCES word,
  site INTEGER REFERENCES word,
  count INTEGER NOT NULL,
  low INTEGER NOT NULL,
  high INTEGER NOT NULL,
  stack INTEGER NOT NULL
) STRICT;

CREATE INDEX throw_count_by_time ON throw_count (time);
