-- Version 7.

-- The words of exceptions, and of payloads of spans whose rare is 1; rowid: their arrival. The texts themselves are where they were.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TRIGGER search_without_exception AFTER DELETE ON exception BEGIN DELETE FROM search WHERE rowid = old.arrival; END;

CREATE TRIGGER search_without_span AFTER DELETE ON span WHEN old.rare = 1 BEGIN DELETE FROM search WHERE rowid = old.arrival; END;

-- What arrived before this time has no words; 0 when all have them.
CREATE TABLE search_begin (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  time INTEGER NOT NULL
) STRICT;

INSERT INTO search_begin
  SELECT 1, CASE next_arrival WHEN 1 THEN 0 ELSE unixepoch() * 1000000000 END FROM sequence;

-- Spans whose payloads are searched without an index of words.
CREATE INDEX span_by_body ON span (start) WHERE payloads > 0 AND rare IS NULL;
