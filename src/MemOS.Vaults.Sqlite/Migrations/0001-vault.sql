-- One vault. Why the tables look so:
-- 1. A version is a row keyed by its sequence number, so that writes append and the index fetches a hit with one descent.
-- 2. What queries filter by is a column; the rest of the header is one JSON value that only the code reads.
-- 3. Times are UTC ticks (100 ns since 0001-01-01); an offset in minutes stands beside them where it matters.
-- 4. Every row whose content could be damaged unseen ends in a checksum over its values ("sum").
-- 5. A current version ends at the largest number instead of NULL: its end is written later without moving the row.
-- 6. Names that repeat (conversations, spaces, branches) are numbers; 0 is the default stream and the main line.

CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The last numbers given; they outlive the rows, so that no number is given twice.
CREATE TABLE counter(
    id INTEGER PRIMARY KEY CHECK (id = 1),
    sequence INTEGER NOT NULL,
    message INTEGER NOT NULL,
    audit INTEGER NOT NULL,
    job INTEGER NOT NULL,
    time INTEGER NOT NULL,
    sum INTEGER NOT NULL);

CREATE TABLE conversation(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE message(
    number INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    id TEXT NOT NULL,
    received INTEGER NOT NULL,
    time INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    role TEXT NOT NULL,
    speaker TEXT,
    text NOT NULL,
    more BLOB,
    sum INTEGER NOT NULL);
CREATE UNIQUE INDEX message_identity ON message(conversation, id);

CREATE TABLE branch(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, base INTEGER NOT NULL, created INTEGER NOT NULL, sum INTEGER NOT NULL);

CREATE TABLE version(
    sequence INTEGER PRIMARY KEY,
    cube BLOB NOT NULL,
    branch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    tx_from INTEGER NOT NULL,
    tx_to INTEGER NOT NULL DEFAULT 9223372036854775807,
    state INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    valid_from INTEGER,
    valid_to INTEGER,
    text_hash INTEGER,
    fact_key TEXT,
    payload BLOB,
    header BLOB NOT NULL,
    text,
    sum INTEGER NOT NULL);
CREATE UNIQUE INDEX version_chain ON version(cube, branch, number);
CREATE INDEX version_text ON version(text_hash) WHERE text_hash IS NOT NULL AND tx_to = 9223372036854775807;
CREATE INDEX version_fact ON version(fact_key, valid_from) WHERE fact_key IS NOT NULL AND tx_to = 9223372036854775807 AND branch = 0;
CREATE INDEX version_branch ON version(branch) WHERE branch <> 0;
CREATE INDEX version_payload ON version(payload) WHERE payload IS NOT NULL;

-- Which versions name a message, and which name a cube: the header holds the details.
CREATE TABLE source(message INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(message, sequence)) WITHOUT ROWID;
CREATE TABLE lineage(cube BLOB NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(cube, sequence)) WITHOUT ROWID;

-- Vectors are 16-bit floats under (space << 40 | sequence): clustered by space, appended within it.
CREATE TABLE space(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE vector(key INTEGER PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL);

CREATE TABLE usage(cube BLOB PRIMARY KEY, uses INTEGER NOT NULL, last INTEGER NOT NULL, heat REAL NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE audit(
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    cube BLOB,
    caller TEXT NOT NULL,
    operation TEXT NOT NULL,
    detail TEXT,
    sum INTEGER NOT NULL);
CREATE INDEX audit_cube ON audit(cube) WHERE cube IS NOT NULL;

CREATE TABLE job(
    number INTEGER PRIMARY KEY,
    dead INTEGER NOT NULL,
    due INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    kind TEXT NOT NULL,
    argument TEXT NOT NULL,
    failure TEXT,
    sum INTEGER NOT NULL);
