-- A book of version 1 (book.sql) becomes one of version 2: lists of every mode, stops, walk-ins, staff, languages.

PRAGMA user_version = 2;

-- Of a list, 0 is no limit, and none.
ALTER TABLE list ADD COLUMN opens_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list ADD COLUMN closes_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list ADD COLUMN stock INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list ADD COLUMN after_list INTEGER NOT NULL DEFAULT 0;
-- A class whose tickets open the staff pages.
ALTER TABLE label ADD COLUMN staff INTEGER NOT NULL DEFAULT 0 CHECK (staff IN (0, 1));
-- ISO 639-1; '': unknown.
ALTER TABLE guest ADD COLUMN language TEXT NOT NULL DEFAULT '';

CREATE TABLE list_label ( -- the classes and groups a list is for; none of a kind: all
    event INTEGER NOT NULL,
    list INTEGER NOT NULL,
    of TEXT NOT NULL CHECK (of IN ('class', 'group')),
    id INTEGER NOT NULL CHECK (id BETWEEN 0 AND 255),
    PRIMARY KEY (event, list, of, id),
    FOREIGN KEY (event, list) REFERENCES list (event, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop ( -- of a tour, in its order
    event INTEGER NOT NULL REFERENCES event,
    place INTEGER NOT NULL, -- 0, 1, 2 ...
    name_de TEXT NOT NULL,
    name_en TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE walk_in ( -- an event without a row welcomes none
    event INTEGER PRIMARY KEY REFERENCES event,
    class INTEGER NOT NULL CHECK (class BETWEEN 0 AND 255),
    plus_ones INTEGER NOT NULL
) STRICT;

CREATE TABLE walk_in_field ( -- what they are asked, in its order
    event INTEGER NOT NULL REFERENCES walk_in,
    place INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    label_de TEXT NOT NULL,
    label_en TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE walk_in_consent (
    event INTEGER NOT NULL REFERENCES walk_in,
    place INTEGER NOT NULL,
    key TEXT NOT NULL,
    version TEXT NOT NULL, -- of the text
    required INTEGER NOT NULL CHECK (required IN (0, 1)),
    text_de TEXT NOT NULL,
    text_en TEXT NOT NULL,
    PRIMARY KEY (event, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk_key ( -- kiosks that may sign walk-ins' tickets; kids are none of event_key's
    event INTEGER NOT NULL REFERENCES walk_in,
    kid INTEGER NOT NULL CHECK (kid BETWEEN 0 AND 255),
    public BLOB NOT NULL CHECK (length(public) = 32),
    name TEXT NOT NULL,
    PRIMARY KEY (event, kid),
    UNIQUE (event, public)
) STRICT, WITHOUT ROWID;
