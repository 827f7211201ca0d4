-- Version 4.

-- What is left of exceptions that went with their age. type: of the latest to arrive, at arrival.
CREATE TABLE gone_exception (
  fingerprint bigint NOT NULL,
  service text NOT NULL,
  type text NOT NULL,
  arrival bigint NOT NULL,
  count bigint NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (fingerprint, service)
);

-- How many rows were taken out, and why.
CREATE TABLE removed (
  reason text NOT NULL,
  kind text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (reason, kind)
);

-- Whether a content is still needed, when one of its rows has gone.
CREATE INDEX span_payload_by_content ON span_payload (content) WHERE content IS NOT NULL;
CREATE INDEX payload_part_by_content ON payload_part (content);
CREATE INDEX stack_by_content ON stack (content);

CREATE INDEX payload_part_by_time ON payload_part (time);
CREATE INDEX remedy_attempt_by_time ON remedy_attempt (time);
