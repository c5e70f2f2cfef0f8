-- Keyed by its hash, every new text touched a page of its own: most of what a batch of messages wrote to the log. In the order of the versions
-- it is appended; the writer keeps the way from hash to version in memory (TextTable) and reads this index once to fill it.
DROP INDEX version_text;
CREATE INDEX version_text ON version(sequence, text_hash) WHERE text_hash IS NOT NULL AND tx_to = 9223372036854775807;
