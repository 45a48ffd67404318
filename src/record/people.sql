-- What store_index_event makes from roster and walk-ins whenever an event comes, so that staff find people at once.

-- Whom staff may look for, in the order of their folded names: what search finds stands in this order already.
-- place: event << 31, then a number within the event. Made anew from the roster and the walk-ins when an event comes.
CREATE TABLE IF NOT EXISTS listing (
    place INTEGER PRIMARY KEY,
    ticket INTEGER NOT NULL,
    person INTEGER NOT NULL,
    lists INTEGER NOT NULL, -- as in roster: who is missing is read in this order too
    name TEXT NOT NULL, -- folded (record/fold.h); without a name the company
    words TEXT NOT NULL -- folded company, compounds as one word, the beginning of the printed ticket number
) STRICT;
CREATE INDEX IF NOT EXISTS listing_of_person ON listing (person, place, lists) WHERE person <> 0;

CREATE INDEX IF NOT EXISTS listing_of_ticket ON listing (ticket); -- of any event: one that changed is found by it

-- Beginnings of words up to 12 letters (Berufskolleg) are read in order, however many people they find; longer ones
-- are gathered first. Only whether a word occurs is kept, not where.
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5 (name, words, content = 'listing', content_rowid = 'place',
    detail = none, columnsize = 0, prefix = '1 2 3 4 5 6 7 8 9 10 11 12', tokenize = 'ascii');
