-- Version 2.

-- The words, without their places, of exceptions and of payloads of spans of the categories ai, tool, workflow and node;
-- arrival: theirs. The texts themselves are where they were.
CREATE TABLE search (
  day date NOT NULL,
  arrival bigint NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (arrival, day)
) PARTITION BY RANGE (day);

CREATE INDEX search_by_word ON search USING gin (words);

-- Words go with their rows; those of a whole day go with its tables.
CREATE FUNCTION search_without() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM engram.search WHERE arrival = old.arrival AND day = old.day;
  RETURN NULL;
END
$$;

CREATE TRIGGER search_without_exception AFTER DELETE ON exception FOR EACH ROW EXECUTE FUNCTION search_without();

CREATE TRIGGER search_without_span AFTER DELETE ON span FOR EACH ROW
  WHEN (old.category IN ('ai', 'tool', 'workflow', 'node')) EXECUTE FUNCTION search_without();

-- What arrived before this time has no words; 0 when all have them.
CREATE TABLE search_begin (
  time bigint NOT NULL
);

INSERT INTO search_begin
  SELECT CASE next_arrival WHEN 1 THEN 0 ELSE (extract(epoch FROM clock_timestamp()) * 1000000000)::bigint END FROM sequence;

-- Spans whose payloads are searched without an index of words.
CREATE INDEX span_by_body ON span (start) WHERE payloads > 0 AND category NOT IN ('ai', 'tool', 'workflow', 'node');
