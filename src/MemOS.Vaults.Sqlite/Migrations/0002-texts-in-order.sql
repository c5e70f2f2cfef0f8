-- Keyed by its hash, every new text touched a page of its own: most of what a batch of messages wrote to the log. The hashes stand in the order of the
-- versions now, behind the key of the index that has an entry for each version anyway; the writer reads them once and keeps the way from a hash to its
-- version in memory (TextTable).
DROP INDEX version_text;
DROP INDEX version_chain;
CREATE INDEX version_chain ON version(cube, branch, number, text_hash);
