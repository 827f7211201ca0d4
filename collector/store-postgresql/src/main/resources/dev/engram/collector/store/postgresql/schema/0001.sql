-- Version 1.
-- Times are epoch nanoseconds, durations nanoseconds. Text is as it came, but for what PostgreSQL cannot keep: NUL, unpaired
-- surrogates and U+0001 stand as U+0001 and four hex digits.
-- arrival rises with every row of every table, in the order of commits. day is that of the arrival (UTC), by which tables are
-- divided, so that to forget a day is to drop its tables.

CREATE TABLE sequence (
  one boolean PRIMARY KEY CHECK (one),
  next_arrival bigint NOT NULL
);

INSERT INTO sequence VALUES (true, 1);

CREATE TABLE instance (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  uuid uuid NOT NULL UNIQUE,
  service text NOT NULL,
  version text NOT NULL,
  started bigint NOT NULL,
  ended bigint NOT NULL,
  attributes jsonb NOT NULL,
  position bigint,
  number bigint,
  queue_index_hint bigint,
  offered bigint NOT NULL DEFAULT 0,
  written bigint NOT NULL DEFAULT 0,
  abandoned bigint NOT NULL DEFAULT 0,
  queued bigint NOT NULL DEFAULT 0,
  in_ring bigint NOT NULL DEFAULT 0,
  in_queue bigint NOT NULL DEFAULT 0,
  read bigint NOT NULL DEFAULT 0,
  decoded bigint NOT NULL DEFAULT 0,
  malformed bigint NOT NULL DEFAULT 0,
  stored bigint NOT NULL DEFAULT 0,
  joined bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  pending bigint NOT NULL DEFAULT 0
);

-- What an instance lost, by term of the books (shed, dropped) and reason.
CREATE TABLE loss (
  instance bigint NOT NULL REFERENCES instance,
  term text NOT NULL,
  reason text NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (instance, term, reason)
);

-- When records were lost, as nearly as that is known: at some time from since to until. minute: that of until.
CREATE TABLE loss_period (
  instance bigint NOT NULL REFERENCES instance,
  term text NOT NULL,
  reason text NOT NULL,
  minute bigint NOT NULL,
  since bigint NOT NULL,
  until bigint NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (instance, term, reason, minute)
);

-- Bytes that may repeat within a day: payloads and the frames of stacks. hash: the first 16 bytes of SHA-256.
CREATE TABLE content (
  day date NOT NULL,
  hash bytea NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (hash, day)
) PARTITION BY RANGE (day);

-- Of spans of category sql, db_system, statement and returned_rows hold the attributes db.system.name, db.query.text and
-- db.response.returned_rows.
CREATE TABLE span (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  trace_high bigint NOT NULL,
  trace_low bigint NOT NULL,
  span_id bigint NOT NULL,
  parent_span_id bigint NOT NULL,
  kind text NOT NULL,
  category text NOT NULL,
  name text NOT NULL,
  start bigint NOT NULL,
  duration bigint NOT NULL,
  status text NOT NULL,
  status_description text,
  begun boolean NOT NULL,
  db_system text,
  statement text,
  returned_rows bigint,
  attributes jsonb NOT NULL,
  payloads integer NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX span_by_start ON span (start);
CREATE INDEX span_by_id ON span (span_id);
CREATE INDEX span_by_trace ON span (trace_high, trace_low);

-- Few spans among many others, and asked for by category.
CREATE INDEX span_of_rare_category ON span (start) WHERE category IN ('ai', 'tool', 'workflow', 'node');

-- Spans that have not ended.
CREATE TABLE begun (
  instance bigint NOT NULL REFERENCES instance,
  span_id bigint NOT NULL,
  arrival bigint NOT NULL,
  position bigint NOT NULL,
  trace_high bigint NOT NULL,
  trace_low bigint NOT NULL,
  parent_span_id bigint NOT NULL,
  kind text NOT NULL,
  category text NOT NULL,
  name text NOT NULL,
  start bigint NOT NULL,
  db_system text,
  statement text,
  returned_rows bigint,
  attributes jsonb NOT NULL,
  PRIMARY KEY (instance, span_id)
);

CREATE TABLE span_payload (
  day date NOT NULL,
  span bigint NOT NULL,
  ordinal integer NOT NULL,
  name text NOT NULL,
  content_type text,
  size bigint NOT NULL,
  truncated boolean NOT NULL,
  payload_id bigint NOT NULL,
  content bytea,
  PRIMARY KEY (span, ordinal, day)
) PARTITION BY RANGE (day);

CREATE TABLE payload_part (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  payload_id bigint NOT NULL,
  part integer NOT NULL,
  parts integer NOT NULL,
  content_hash bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX payload_part_by_payload ON payload_part (instance, payload_id);

-- thrown: types, messages and stack hashes of the throwable, its causes and suppressed ones.
CREATE TABLE exception (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  trace_high bigint NOT NULL,
  trace_low bigint NOT NULL,
  span_id bigint NOT NULL,
  origin text NOT NULL,
  thread_name text NOT NULL,
  site text,
  type text NOT NULL,
  message text,
  fingerprint bigint NOT NULL,
  thrown jsonb NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX exception_by_time ON exception (time);
CREATE INDEX exception_by_fingerprint ON exception (fingerprint, time);
CREATE INDEX exception_by_span ON exception (span_id, instance);
CREATE INDEX exception_by_trace ON exception (trace_high, trace_low);

-- Which frames an instance means by a hash; of several days the first counts.
CREATE TABLE stack (
  day date NOT NULL,
  instance bigint NOT NULL,
  hash bigint NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (instance, hash, day)
) PARTITION BY RANGE (day);

CREATE TABLE lifecycle (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  event text NOT NULL,
  attributes jsonb NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX lifecycle_by_instance ON lifecycle (instance, position);

-- value: NULL for NaN.
CREATE TABLE measurement (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  name text NOT NULL,
  unit text NOT NULL,
  value double precision,
  attributes jsonb NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX measurement_by_time ON measurement (time);

-- confidence: NULL for NaN. options, reasoning: arrays of text.
CREATE TABLE decision (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  decision_id bigint NOT NULL,
  trace_high bigint NOT NULL,
  trace_low bigint NOT NULL,
  span_id bigint NOT NULL,
  name text NOT NULL,
  options jsonb NOT NULL,
  chosen text NOT NULL,
  confidence double precision,
  confidence_source text NOT NULL,
  reasoning jsonb NOT NULL,
  attributes jsonb NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX decision_by_time ON decision (time);
CREATE INDEX decision_by_id ON decision (decision_id);

-- score: NULL for NaN.
CREATE TABLE feedback (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  target text NOT NULL,
  target_id text NOT NULL,
  label text,
  score double precision,
  author text,
  comment text,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX feedback_by_time ON feedback (time);

-- What became of decisions, as somebody told it. key: empty where target is decision. value: NULL for NaN.
CREATE TABLE outcome (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  target text NOT NULL,
  key text NOT NULL,
  target_id text NOT NULL,
  label text NOT NULL,
  value double precision,
  author text,
  comment text,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX outcome_by_time ON outcome (time);

CREATE TABLE remedy_attempt (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  trace_high bigint NOT NULL,
  trace_low bigint NOT NULL,
  span_id bigint NOT NULL,
  remedy_id text NOT NULL,
  arm text NOT NULL,
  fingerprint bigint NOT NULL,
  tries integer NOT NULL,
  result text NOT NULL,
  added bigint NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

-- How many throwables of a type were constructed in the duration before time. site: NULL for all of the type, which is
-- exact; else count is an estimate between low and high. stack: the hash of one of the stacks, 0 for none.
CREATE TABLE throw_count (
  day date NOT NULL,
  arrival bigint NOT NULL,
  instance bigint NOT NULL,
  position bigint NOT NULL,
  time bigint NOT NULL,
  duration bigint NOT NULL,
  type text NOT NULL,
  site text,
  count bigint NOT NULL,
  low bigint NOT NULL,
  high bigint NOT NULL,
  stack bigint NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX throw_count_by_time ON throw_count (time);
