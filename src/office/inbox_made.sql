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
    target BIGINT NOT NULL, -- annul: the seq; round: its number; stock: things; walk_in: class * 256 + group
    is_forced BIGINT NOT NULL
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

CREATE TABLE IF NOT EXISTS conflict (
    further_n BIGINT PRIMARY KEY,
    first_n BIGINT NOT NULL,
    event BIGINT NOT NULL,
    list BIGINT NOT NULL,
    owner BIGINT NOT NULL, -- a ticket; a person as its negative
    kind BIGINT NOT NULL, -- enum conflict_kind
    hlc BIGINT NOT NULL -- of the further one
);
CREATE INDEX IF NOT EXISTS conflict_of_event ON conflict (event, hlc);
CREATE INDEX IF NOT EXISTS conflict_of_owner ON conflict (event, list, owner);
