-- Version 12.

-- What the rows of a block came to: of 8,192 arrivals (level 0), or of eight such blocks (level 1). block: the first arrival by the number of arrivals. kind: 0 requests, 1 statements of SQL, 2 what else has a text of a query, 3 exceptions.
-- first, last: the times of the earliest and the latest of them; NULL where there are none. A block that is missing is read row by row.
CREATE TABLE block_sum (
  id INTEGER PRIMARY KEY,
  level INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  block INTEGER NOT NULL,
  first INTEGER,
  last INTEGER,
  sums BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX block_sum_by_block ON block_sum (level, kind, block, first, last);

CREATE TRIGGER block_sum_without_span AFTER DELETE ON span BEGIN DELETE FROM block_sum WHERE level = 0 AND kind IN (0, 1, 2, 3) AND block = old.arrival >> 13; DELETE FROM block_sum WHERE level = 1 AND kind IN (0, 1, 2, 3) AND block = old.arrival >> 16; END;

CREATE TRIGGER block_sum_without_exception AFTER DELETE ON exception BEGIN DELETE FROM block_sum WHERE level = 0 AND kind IN (0, 1, 2, 3) AND block = old.arrival >> 13; DELETE FROM block_sum WHERE level = 1 AND kind IN (0, 1, 2, 3) AND block = old.arrival >> 16; END;

-- What took a tenth of a second or more, which is asked for among many that did not.
CREATE INDEX span_by_kind ON span (kind, start) WHERE duration >= 100000000;
