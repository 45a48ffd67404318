-- What is made from all logs (check_in, headcount, round, annulled, stock: store_rebuild) and from the office's documents (roster,
-- expected: store_install), so that nothing is counted at the door. `einlass log verify` recounts all of it.

-- Every entry and exit that stands (not refused, not annulled), of this kiosk and of others. `at`: where it stands in the
-- order of what happened (record/order.h). On each list a ticket belongs to the person of its last check-in (person 0: to
-- nobody else, the ticket stands for itself), and a person is inside when the newest one of the last check-ins of their
-- tickets is an entry. Both keys are in that order.
CREATE TABLE IF NOT EXISTS check_in (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    at BLOB NOT NULL CHECK (length(at) = 32), -- hlc, log, seq
    person INTEGER NOT NULL,
    is_entry INTEGER NOT NULL CHECK (is_entry IN (0, 1)),
    unix_ms INTEGER NOT NULL,
    gate TEXT NOT NULL,
    PRIMARY KEY (event, list, ticket, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS check_in_of_person ON check_in (event, list, person, at);
CREATE INDEX IF NOT EXISTS check_in_of_list ON check_in (event, list, at); -- the newest ones

-- Persons (and tickets that stand for themselves) by their last check-in.
CREATE TABLE IF NOT EXISTS headcount (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    inside INTEGER NOT NULL CHECK (inside >= 0), -- it is an entry
    aboard INTEGER NOT NULL CHECK (aboard >= 0), -- it is an entry, since the newest round began
    out INTEGER NOT NULL CHECK (out >= 0), -- it is an exit
    seen INTEGER NOT NULL CHECK (seen >= 0), -- it is either, and they stand on the list's roster
    given INTEGER NOT NULL CHECK (given >= 0), -- entries that stand, not persons
    given_here INTEGER NOT NULL CHECK (given_here >= 0), -- of them those of this station
    PRIMARY KEY (event, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS round (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    at BLOB NOT NULL CHECK (length(at) = 32), -- check-ins behind it are of this round
    number INTEGER NOT NULL,
    stop TEXT NOT NULL,
    PRIMARY KEY (event, list, at)
) STRICT, WITHOUT ROWID;

-- Records of other logs that a log took back: they count for nothing, whichever of them arrives first.
CREATE TABLE IF NOT EXISTS annulled (
    log BLOB NOT NULL CHECK (length(log) = 16),
    seq INTEGER NOT NULL,
    PRIMARY KEY (log, seq)
) STRICT, WITHOUT ROWID;

-- Things that came to this station (other kiosks' stock is theirs), less those taken away; what was given is not subtracted.
CREATE TABLE IF NOT EXISTS stock (
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    things INTEGER NOT NULL,
    PRIMARY KEY (event, list)
) STRICT, WITHOUT ROWID;

-- Counted from the roster when it came, so that nothing is counted at the door.
CREATE TABLE IF NOT EXISTS expected (
    event INTEGER NOT NULL REFERENCES event (number) ON DELETE CASCADE,
    list INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    bit INTEGER NOT NULL, -- of this list in roster.lists
    PRIMARY KEY (event, list)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS roster (
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
    language TEXT NOT NULL DEFAULT '',
    lists INTEGER NOT NULL DEFAULT 0, -- that expect them: a bit each
    PRIMARY KEY (event, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS roster_of_foreign_code ON roster (event, foreign_code);
CREATE INDEX IF NOT EXISTS roster_of_person ON roster (event, person);
