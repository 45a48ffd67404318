-- The office's book as it began (user_version 1); book_2.sql adds the rest, to new books and to old ones (application_id
-- 'EbOk', so that file(1) and book_open know it). It holds secret keys and names. Times are unix milliseconds.

PRAGMA application_id = 1164070763;
PRAGMA user_version = 1;

CREATE TABLE office (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    organisation BLOB NOT NULL CHECK (length(organisation) = 16),
    root_public BLOB NOT NULL CHECK (length(root_public) = 32),
    root_secret BLOB NOT NULL CHECK (length(root_secret) = 64)
) STRICT;

CREATE TABLE event (
    number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 4294967295),
    kind TEXT NOT NULL,
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    zone TEXT NOT NULL,
    starts_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,
    welcome_de TEXT NOT NULL,
    welcome_en TEXT NOT NULL,
    privacy_de TEXT NOT NULL,
    privacy_en TEXT NOT NULL,
    shows_names INTEGER NOT NULL CHECK (shows_names IN (0, 1)),
    shows_headcount INTEGER NOT NULL CHECK (shows_headcount IN (0, 1)),
    version INTEGER NOT NULL DEFAULT 0, -- of the event file exported last; 0: never
    hash BLOB,                          -- of that file's content without its version
    imports INTEGER NOT NULL DEFAULT 0  -- of rosters, counted
) STRICT;

CREATE TABLE event_key ( -- what signs tickets
    event INTEGER NOT NULL REFERENCES event,
    kid INTEGER NOT NULL CHECK (kid BETWEEN 0 AND 255),
    public BLOB NOT NULL CHECK (length(public) = 32),
    secret BLOB NOT NULL CHECK (length(secret) = 64),
    PRIMARY KEY (event, kid)
) STRICT, WITHOUT ROWID;

CREATE TABLE list (
    event INTEGER NOT NULL REFERENCES event,
    id INTEGER NOT NULL,
    mode TEXT NOT NULL,
    name TEXT NOT NULL,
    capacity INTEGER NOT NULL, -- 0: no limit
    PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE label ( -- what classes and groups are called
    event INTEGER NOT NULL REFERENCES event,
    of TEXT NOT NULL CHECK (of IN ('class', 'group')),
    id INTEGER NOT NULL CHECK (id BETWEEN 0 AND 255),
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    hint_de TEXT NOT NULL,
    hint_en TEXT NOT NULL,
    PRIMARY KEY (event, of, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin ( -- argon2id verifiers of staff PINs
    event INTEGER NOT NULL REFERENCES event,
    verifier TEXT NOT NULL
) STRICT;

CREATE TABLE guest ( -- one row per ticket
    event INTEGER NOT NULL REFERENCES event,
    ticket INTEGER NOT NULL CHECK (ticket BETWEEN 1 AND 281474976710655),
    person INTEGER NOT NULL CHECK (person BETWEEN 1 AND 4294967295),
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    note TEXT NOT NULL,
    class INTEGER NOT NULL CHECK (class BETWEEN 0 AND 255),
    team INTEGER NOT NULL CHECK (team BETWEEN 0 AND 255), -- the group; 0: any
    status TEXT NOT NULL,
    generation INTEGER NOT NULL, -- of the newest print; earlier ones are revoked
    import INTEGER NOT NULL,     -- the last one that named this guest
    code TEXT,                   -- of a ticket sold elsewhere
    PRIMARY KEY (event, ticket)
) STRICT, WITHOUT ROWID;
CREATE INDEX guest_of_person ON guest (event, person);
-- For re-imports: the next guest of a name (and company) whom the running import has not named yet.
CREATE INDEX guest_of_name ON guest (event, name, import, person);
CREATE INDEX guest_of_company ON guest (event, name, company, import, person);
-- Two tickets of one code can't be told apart at the door; an import says so.
CREATE INDEX guest_of_code ON guest (event, code) WHERE code IS NOT NULL;
