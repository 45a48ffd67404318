-- The first table of the office's records (inbox.sql), made and read before any other: records of a newer format stay
-- untouched.

-- One row. `newest`: every record and every publication gets the next number in the order of commits: whoever writes
-- locks this row first and until the commit, so no reader of the feed ever passes a number that comes later.
CREATE TABLE IF NOT EXISTS counter (
    id BIGINT PRIMARY KEY,
    format BIGINT NOT NULL,
    newest BIGINT NOT NULL,
    change BIGINT NOT NULL -- counts everything that was written
);
INSERT INTO counter (id, format, newest, change) VALUES (1, 1, 0, 0) ON CONFLICT DO NOTHING;
