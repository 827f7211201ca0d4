-- Version 5.

-- What became of decisions, as somebody told it. key: empty where target is decision. value: NULL for NaN.
CREATE TABLE outcome (
  arrival INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL REFERENCES instance,
  position INTEGER NOT NULL,
  time INTEGER NOT NULL,
  target INTEGER NOT NULL REFERENCES word,
  key INTEGER NOT NULL REFERENCES word,
  target_id ANY NOT NULL,
  label INTEGER NOT NULL REFERENCES word,
  value REAL,
  author ANY,
  comment ANY
) STRICT;

CREATE INDEX outcome_by_time ON outcome (time);
CREATE INDEX feedback_by_time ON feedback (time);
CREATE INDEX decision_by_time ON decision (time);
CREATE INDEX decision_by_id ON decision (decision_id);
