-- What is made from the records, and can be made again (inbox_rebuild); see inbox.sql.

-- What counts (entry, exit, annul, walk_in, round, stock), under its record's number; it is also what other kiosks are
-- told.
CREATE TABLE IF NOT EXISTS deed (
    n BIGINT PRIMARY KEY,
    event BIGINT NOT NULL,
    log BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind BIGINT NOT NULL, -- enum record_kind
    list BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    person BIGINT NOT NULL,
    hlc BIGINT NOT NULL,
    unix_ms BIGINT NOT NULL, -- as written; not corrected
    target BIGINT NOT NULL, -- annul: the seq, of log `annulled` or (NULL) its own; round: its number; stock: things; walk_in: class * 256 + group
    is_forced BIGINT NOT NULL,
    annulled BLOB -- log id
);
CREATE INDEX IF NOT EXISTS deed_of_event ON deed (event, n);

-- From its record `seq` on, `log` knew the log whose id begins with `other` up to `upto`.
CREATE TABLE IF NOT EXISTS seen (
    log BIGINT NOT NULL,
    other BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    upto BIGINT NOT NULL,
    PRIMARY KEY (log, other, seq)
);

CREATE TABLE IF NOT EXISTS anchor (
    log BIGINT NOT NULL,
    boot BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    boot_ms BIGINT NOT NULL,
    unix_ms BIGINT NOT NULL,
    uncertainty_ms BIGINT NOT NULL,
    PRIMARY KEY (log, boot, seq)
);
