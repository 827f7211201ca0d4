-- Version 5.

-- What is left of requests that went with their age. hour: when it began. duration: of all together.
CREATE TABLE request_rollup (
  hour bigint NOT NULL,
  service text NOT NULL,
  name text NOT NULL,
  count bigint NOT NULL,
  errors bigint NOT NULL,
  duration bigint NOT NULL,
  longest bigint NOT NULL,
  PRIMARY KEY (hour, service, name)
);
