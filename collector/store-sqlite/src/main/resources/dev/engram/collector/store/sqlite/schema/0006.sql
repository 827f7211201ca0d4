-- Version 6.

-- rare: 1 for spans of the categories ai, tool, workflow and node, which are few among many others and are asked for by category; NULL for the others, which the index leaves out.
ALTER TABLE span ADD COLUMN rare INTEGER;

UPDATE span SET rare = 1 WHERE category IN (SELECT id FROM word WHERE text IN ('ai', 'tool', 'workflow', 'node'));

CREATE INDEX span_by_category ON span (category, start) WHERE rare = 1;
