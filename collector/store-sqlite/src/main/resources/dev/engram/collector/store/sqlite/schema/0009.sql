-- Version 9.

-- What is left of exceptions that went with their age. type: of the latest to arrive, at arrival.
CREATE TABLE gone_exception (
  fingerprint INTEGER NOT NULL,
  service INTEGER NOT NULL REFERENCES word,
  type INTEGER NOT NULL REFERENCES word,
  arrival INTEGER NOT NULL,
  count INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (fingerprint, service)
) STRICT, WITHOUT ROWID;

-- How many rows were taken out, and why.
CREATE TABLE removed (
  reason TEXT NOT NULL,
  kind TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (reason, kind)
) STRICT, WITHOUT ROWID;

-- Whether a content is still needed, when one of its rows has gone.
CREATE INDEX span_payload_by_content ON span_payload (content) WHERE content IS NOT NULL;
CREATE INDEX payload_part_by_content ON payload_part (content);
CREATE INDEX stack_by_content ON stack (content);

CREATE INDEX payload_part_by_time ON payload_part (time);
CREATE INDEX remedy_attempt_by_time ON remedy_attempt (time);
