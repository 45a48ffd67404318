-- What the kiosk's database can't make again (user_version 2): `identity` and `log` are the truth; `event` and `document`
-- are what the office sent; `walk_in` what people said about themselves, which must not stand in the log; `setting` is
-- what this kiosk is set to. What can be made again from these stands in projection.sql.
-- A database of version 1 keeps what it has: everything is made only where it isn't there yet (db_migrate_sqlite.c).

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

-- Who was registered at this kiosk. seq, class and party are a projection of the walk_in record; the rest is personal
-- and can be erased ('' and NULL), its hash stays in the log.
CREATE TABLE IF NOT EXISTS walk_in (
    event INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    class INTEGER NOT NULL,
    party INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    company TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    salt BLOB CHECK (length(salt) = 16),
    blob TEXT,
    PRIMARY KEY (event, ticket)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS setting (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per event, its highest version. `seq` is its event_version record; `head` the document without roster.
CREATE TABLE IF NOT EXISTS event (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    head TEXT NOT NULL
) STRICT;

-- The exact bytes the office signed, apart from the rows that are read at every scan.
CREATE TABLE IF NOT EXISTS document (
    event INTEGER PRIMARY KEY REFERENCES event (number) ON DELETE CASCADE,
    signature BLOB NOT NULL,
    root_key BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
