-- The office's records (of the format that inbox_counter.sql names), the same for SQLite and PostgreSQL (db.h). `record`
-- and `batch` are what came, kept for ever; device, offer, clerk, session, event_file, edition, walk_in_blob and alarm
-- are the office's own. What can be made again from them stands in inbox_made.sql.
--
-- No index here has keys in random order (tickets): each batch of a log is written at the end of a few trees, however
-- many records there are. Who holds which ticket is looked up in memory (ledger.h).

CREATE TABLE IF NOT EXISTS device (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    event BIGINT NOT NULL,
    is_hub BIGINT NOT NULL,
    is_revoked BIGINT NOT NULL,
    paired_ms BIGINT NOT NULL,
    heard_ms BIGINT NOT NULL,
    version TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS offer (
    code_hash BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    event BIGINT NOT NULL,
    is_hub BIGINT NOT NULL,
    good_until_ms BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS log (
    id BIGINT PRIMARY KEY,
    log BLOB NOT NULL UNIQUE,
    device_key BLOB NOT NULL,
    device BIGINT NOT NULL, -- 0: nobody who was paired here
    gate TEXT NOT NULL, -- of its newest batch
    next BIGINT NOT NULL,
    head BLOB NOT NULL, -- the chain's hash after next - 1
    hlc BIGINT NOT NULL, -- the order of its last record
    heard_ms BIGINT NOT NULL
);

CREATE TABLE IF NOT EXISTS record (
    n BIGINT PRIMARY KEY,
    log BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    hash BLOB NOT NULL, -- the chain's, after it
    line BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS record_of_log ON record (log, seq);

-- Where batches began and ended, with what their devices signed.
CREATE TABLE IF NOT EXISTS batch (
    log BIGINT NOT NULL,
    last BIGINT NOT NULL,
    first BIGINT NOT NULL,
    header TEXT NOT NULL, -- a line of its own, without the newline
    PRIMARY KEY (log, last)
);

CREATE TABLE IF NOT EXISTS walk_in_blob (
    id BIGINT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    salt BLOB NOT NULL,
    blob TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS event_file (
    number BIGINT PRIMARY KEY,
    version BIGINT NOT NULL,
    organisation BLOB NOT NULL,
    root_key BLOB NOT NULL,
    digest BLOB NOT NULL,
    signature BLOB NOT NULL,
    bytes BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS edition (
    n BIGINT PRIMARY KEY,
    event BIGINT NOT NULL,
    version BIGINT NOT NULL,
    digest BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS list (
    event BIGINT NOT NULL,
    id BIGINT NOT NULL,
    mode BIGINT NOT NULL, -- enum list_mode
    PRIMARY KEY (event, id)
);

CREATE TABLE IF NOT EXISTS alarm (
    id BIGINT PRIMARY KEY,
    unix_ms BIGINT NOT NULL,
    kind TEXT NOT NULL,
    device TEXT NOT NULL,
    log BLOB NOT NULL,
    seq BIGINT NOT NULL,
    words TEXT NOT NULL,
    request BLOB
);

CREATE TABLE IF NOT EXISTS clerk (
    name TEXT PRIMARY KEY,
    verifier TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (
    token_hash BLOB PRIMARY KEY,
    clerk TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);
