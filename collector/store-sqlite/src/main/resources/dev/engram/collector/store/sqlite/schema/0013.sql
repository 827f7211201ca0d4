-- Version 13.

-- Blocks of a fifth kind, of level 0 alone: 4 calls of models (spans of the category ai and the kind CLIENT), each as it is, one after the other. All blocks are made anew with them.
DELETE FROM block_sum;

DROP TRIGGER block_sum_without_span;

DROP TRIGGER block_sum_without_exception;

CREATE TRIGGER block_sum_without_span AFTER DELETE ON span BEGIN DELETE FROM block_sum WHERE level = 0 AND kind IN (0, 1, 2, 3, 4) AND block = old.arrival >> 13; DELETE FROM block_sum WHERE level = 1 AND kind IN (0, 1, 2, 3, 4) AND block = old.arrival >> 16; END;

CREATE TRIGGER block_sum_without_exception AFTER DELETE ON exception BEGIN DELETE FROM block_sum WHERE level = 0 AND kind IN (0, 1, 2, 3, 4) AND block = old.arrival >> 13; DELETE FROM block_sum WHERE level = 1 AND kind IN (0, 1, 2, 3, 4) AND block = old.arrival >> 16; END;
