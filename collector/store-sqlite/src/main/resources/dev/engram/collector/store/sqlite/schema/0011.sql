-- Version 11.

-- What is left of requests that went with their age. hour: when it began. duration: of all together.
CREATE TABLE request_rollup (
  hour INTEGER NOT NULL,
  service ANY NOT NULL,
  name ANY NOT NULL,
  count INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  longest INTEGER NOT NULL,
  PRIMARY KEY (hour, service, name)
) STRICT, WITHOUT ROWID;
