-- What the kiosk's database can't make again (user_version 3): `identity`, `log` and `foreign_line` are the truth; `event` and `document`
-- are what the office sent; `walk_in` what people said about themselves, which must not stand in the log; `setting` is
-- what this kiosk is set to. What can be made again from these stands in projection.sql.
-- A database of an older version keeps what it has: everything is made only where it isn't there yet (db_migrate_sqlite.c).

CREATE TABLE IF NOT EXISTS identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log BLOB NOT NULL CHECK (length(log) = 16),
    device_key BLOB NOT NULL CHECK (length(device_key) = 32),
    boot INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS log (
    seq INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER IF NOT EXISTS log_keeps_its_lines BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS log_keeps_its_rows BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'nothing leaves the log'); END;

-- Other logs that are known here: other kiosks', and this one's own from before a fork. What they say about themselves is
-- that of their newest line.
CREATE TABLE IF NOT EXISTS peer (
    number INTEGER PRIMARY KEY,
    log BLOB NOT NULL UNIQUE CHECK (length(log) = 16),
    newest INTEGER NOT NULL DEFAULT 0, -- seq
    hlc INTEGER NOT NULL DEFAULT 0, -- the highest one
    unix_ms INTEGER NOT NULL DEFAULT 0,
    gate TEXT NOT NULL DEFAULT '',
    here_before INTEGER NOT NULL DEFAULT 0 -- below this seq it was written by this database
) STRICT;

-- Their lines as they came, byte for byte; a line that is none too.
CREATE TABLE IF NOT EXISTS foreign_line (
    peer INTEGER NOT NULL REFERENCES peer (number),
    seq INTEGER NOT NULL,
    hlc INTEGER NOT NULL, -- where it stands (record/order.h); 0: it is no line
    line TEXT NOT NULL,
    PRIMARY KEY (peer, seq)
) STRICT, WITHOUT ROWID;

-- Who was registered, here or at another kiosk. `at`, class and party are a projection of the walk_in record. The rest is
-- of those who were registered here: personal, and can be erased ('' and NULL); its hash stays. `turn` counts them in the
-- order in which they leave the house; 0: they are another kiosk's.
CREATE TABLE IF NOT EXISTS walk_in (
    event INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    class INTEGER NOT NULL,
    party INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    salt BLOB CHECK (length(salt) = 16),
    blob TEXT,
    at BLOB NOT NULL DEFAULT x'',
    hash BLOB CHECK (length(hash) = 32),
    turn INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (event, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS walk_in_by_turn ON walk_in (turn) WHERE turn > 0;

CREATE TABLE IF NOT EXISTS setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per event, its highest version. `at` is its event_version record; `head` the document without roster.
CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    head TEXT NOT NULL,
    at BLOB NOT NULL DEFAULT x''
) STRICT;

-- The exact bytes the office signed, apart from the rows that are read at every scan.
CREATE TABLE IF NOT EXISTS document (
    event INTEGER PRIMARY KEY REFERENCES event (number) ON DELETE CASCADE,
    signature BLOB NOT NULL,
    root_key BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
