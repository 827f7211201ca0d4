-- Version 10.

-- Exceptions, and spans whose rare is 1, that arrived from this number on have no words in search yet: they are searched by reading them.
CREATE TABLE search_position (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  arrival INTEGER NOT NULL
) STRICT;

INSERT INTO search_position SELECT 1, next_arrival FROM sequence;

-- Fewer merges, of more pieces at a time; a piece of the index fills a page.
INSERT INTO search (search, rank) VALUES ('automerge', 16);
INSERT INTO search (search, rank) VALUES ('crisismerge', 64);
INSERT INTO search (search, rank) VALUES ('pgsz', 8000);
