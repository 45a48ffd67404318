-- The kiosk's database (user_version 1). `log` and `identity` are the truth; `event`, `document`, `roster`
-- and `expected` are what the office sent; `check_in` and `headcount` are projections that `einlass log verify` recounts from the log.

CREATE TABLE identity (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    log BLOB NOT NULL CHECK (length(log) = 16),
    device_key BLOB NOT NULL CHECK (length(device_key) = 32),
    boot INTEGER NOT NULL
) STRICT;

CREATE TABLE log (
    seq INTEGER PRIMARY KEY,
    line TEXT NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER log_keeps_its_lines BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_keeps_its_rows BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'nothing leaves the log'); END;

-- Every entry and exit that counts (not refused, not annulled). A ticket is inside when its last one is an entry;
-- the key is in that order. person 0: unknown, the ticket stands for itself.
CREATE TABLE check_in (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    person INTEGER NOT NULL,
    is_entry INTEGER NOT NULL CHECK (is_entry IN (0, 1)),
    unix_ms INTEGER NOT NULL,
    gate TEXT NOT NULL,
    PRIMARY KEY (event, list, ticket, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX check_in_of_person ON check_in (event, list, person);

CREATE TABLE headcount (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    inside INTEGER NOT NULL CHECK (inside >= 0),
    PRIMARY KEY (event, list)
) STRICT, WITHOUT ROWID;

-- One row per event, its highest version. `seq` is its event_version record; `head` the document without roster.
CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    head TEXT NOT NULL
) STRICT;

-- The exact bytes the office signed, apart from the rows that are read at every scan.
CREATE TABLE document (
    event INTEGER PRIMARY KEY REFERENCES event (number) ON DELETE CASCADE,
    signature BLOB NOT NULL,
    root_key BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- Counted from the roster when it came, so that nothing is counted at the door.
CREATE TABLE expected (
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    list INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (event, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    ticket INTEGER NOT NULL,
    class INTEGER NOT NULL,
    party INTEGER NOT NULL, -- the guest's group; the plain word is SQL's
    least_generation INTEGER NOT NULL,
    status TEXT NOT NULL,
    person INTEGER NOT NULL,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    note TEXT NOT NULL,
    foreign_code TEXT,
    PRIMARY KEY (event, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX roster_of_foreign_code ON roster (event, foreign_code);

-- Whom staff may look for, in the order of their folded names: what search finds stands in this order already.
-- place: event << 31, then a number within the event. Made anew from the roster and the walk-ins when an event comes.
CREATE TABLE listing (
    place INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    name TEXT NOT NULL, -- folded (record/fold.h); without a name the company
    words TEXT NOT NULL -- folded company, compounds as one word, the beginning of the printed ticket number
) STRICT;

-- Beginnings of words up to 12 letters (Berufskolleg) are read in order, however many people they find; longer ones
-- are gathered first. Only whether a word occurs is kept, not where.
CREATE VIRTUAL TABLE search USING fts5 (name, words, content = 'listing', content_rowid = 'place', detail = none,
    columnsize = 0, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = 'ascii');
