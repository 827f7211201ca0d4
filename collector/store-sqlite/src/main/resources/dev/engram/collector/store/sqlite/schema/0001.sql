-- Version 1.
-- Times are epoch nanoseconds, durations nanoseconds. A column of type ANY holds text: as TEXT, or as a BLOB of
-- UTF-16 (big-endian) where TEXT could not give it back unchanged (NUL, unpaired surrogates).
-- arrival rises with every row of every table; it is each table's key, so that no index is needed to follow.

CREATE TABLE sequence (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  next_arrival INTEGER NOT NULL
) STRICT;

INSERT INTO sequence VALUES (1, 1);

-- Text that repeats: names, kinds, attribute keys and common attribute values, statements.
CREATE TABLE word (
  id INTEGER PRIMARY KEY,
  text ANY NOT NULL UNIQUE
) STRICT;

-- Bytes that may repeat: payloads and the frames of stacks. hash: the first 16 bytes of SHA-256.
CREATE TABLE content (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE instance (
  id INTEGER PRIMARY KEY,
  uuid BLOB NOT NULL UNIQUE,
  service INTEGER NOT NULL REFERENCES word,
  version ANY NOT NULL,
  started INTEGER NOT NULL,
  ended INTEGER NOT NULL,
  attributes BLOB NOT NULL,
  position INTEGER,
  number INTEGER,
  queue_index_hint INTEGER,
  offered INTEGER NOT NULL DEFAULT 0,
  written INTEGER NOT NULL DEFAULT 0,
  abandoned INTEGER NOT NULL DEFAULT 0,
  queued INTEGER NOT NULL DEFAULT 0,
  in_ring INTEGER NOT NULL DEFAULT 0,
  in_queue INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  decoded INTEGER NOT NULL DEFAULT 0,
  malformed INTEGER NOT NULL DEFAULT 0,
  stored INTEGER NOT NULL DEFAULT 0,
  joined INTEGER NOT NULL DEFAULT 0,
  duplicate INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  pending INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What an instance lost, by term of the books (shed, dropped) and reason.
CREATE TABLE loss (
  instance INTEGER NOT NULL REFERENCES instance,
  term TEXT NOT NULL,
  reason ANY NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (instance, term, reason)
) STRICT, WITHOUT ROWID;

-- db_system and statement hold the attributes db.system.name and db.query.text of SQL spans.
CREATE TABLE span (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  parent_span_id INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES word,
  category INTEGER NOT NULL REFERENCES word,
  name INTEGER NOT NULL REFERENCES word,
  start INTEGER NOT NULL,
  duration INTEGER NOT NULL,
  status INTEGER NOT NULL REFERENCES word,
  status_description ANY,
  begun INTEGER NOT NULL,
  db_system INTEGER REFERENCES word,
  statement INTEGER REFERENCES word,
  attributes BLOB NOT NULL,
  payloads INTEGER NOT NULL
) STRICT;

CREATE INDEX span_by_start ON span (start);
CREATE INDEX span_by_id ON span (span_id);
CREATE INDEX span_by_trace ON span (trace_high, trace_low);

-- Spans that have not ended.
CREATE TABLE begun (
  instance INTEGER NOT NULL REFERENCES instance,
  span_id INTEGER NOT NULL,
  arrival INTEGER NOT NULL,
  position INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  parent_span_id INTEGER NOT NULL,
  kind INTEGER NOT NULL REFERENCES word,
  category INTEGER NOT NULL REFERENCES word,
  name INTEGER NOT NULL REFERENCES word,
  start INTEGER NOT NULL,
  db_system INTEGER REFERENCES word,
  statement INTEGER REFERENCES word,
  attributes BLOB NOT NULL,
  PRIMARY KEY (instance, span_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE span_payload (
  span INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES word,
  content_type ANY,
  size INTEGER NOT NULL,
  truncated INTEGER NOT NULL,
  payload_id INTEGER NOT NULL,
  content INTEGER REFERENCES content,
  PRIMARY KEY (span, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE payload_part (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  payload_id INTEGER NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  content_hash INTEGER NOT NULL,
  content INTEGER NOT NULL REFERENCES content
) STRICT;

CREATE INDEX payload_part_by_payload ON payload_part (instance, payload_id);

-- thrown: types, messages and stack hashes of the throwable, its causes and suppressed ones.
CREATE TABLE exception (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  origin INTEGER NOT NULL REFERENCES word,
  thread_name INTEGER NOT NULL REFERENCES word,
  site ANY,
  type INTEGER NOT NULL REFERENCES word,
  message ANY,
  fingerprint INTEGER NOT NULL,
  thrown BLOB NOT NULL
) STRICT;

CREATE INDEX exception_by_time ON exception (time);
CREATE INDEX exception_by_fingerprint ON exception (fingerprint, time);
CREATE INDEX exception_by_span ON exception (span_id, instance);
CREATE INDEX exception_by_trace ON exception (trace_high, trace_low);

-- Which frames an instance means by a hash.
CREATE TABLE stack (
  instance INTEGER NOT NULL REFERENCES instance,
  hash INTEGER NOT NULL,
  content INTEGER NOT NULL REFERENCES content,
  PRIMARY KEY (instance, hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE lifecycle (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES word,
  attributes BLOB NOT NULL
) STRICT;

CREATE INDEX lifecycle_by_instance ON lifecycle (instance, position);

-- value: NULL for NaN.
CREATE TABLE measurement (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES word,
  unit INTEGER NOT NULL REFERENCES word,
  value REAL,
  attributes BLOB NOT NULL
) STRICT;

-- confidence: NULL for NaN.
CREATE TABLE decision (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  decision_id INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  name INTEGER NOT NULL REFERENCES word,
  options BLOB NOT NULL,
  chosen ANY NOT NULL,
  confidence REAL,
  confidence_source INTEGER NOT NULL REFERENCES word,
  reasoning BLOB NOT NULL,
  attributes BLOB NOT NULL
) STRICT;

-- score: NULL for NaN.
CREATE TABLE feedback (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  target INTEGER NOT NULL REFERENCES word,
  target_id ANY NOT NULL,
  label ANY,
  score REAL,
  author ANY,
  comment ANY
) STRICT;

CREATE TABLE remedy_attempt (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  trace_high INTEGER NOT NULL,
  trace_low INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  remedy_id INTEGER NOT NULL REFERENCES word,
  arm INTEGER NOT NULL REFERENCES word,
  fingerprint INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  result INTEGER NOT NULL REFERENCES word,
  added INTEGER NOT NULL
) STRICT;
