#include "record/statements_sqlite.h"

// A ticket's check-ins before its last one say nothing about anybody any more. The newest of a person's is nearly
// always its ticket's last: only those of tickets that went to somebody else since are passed over.
#define IS_LAST                                                                                                        \
    "NOT EXISTS (SELECT 1 FROM check_in AS later WHERE later.event = c.event AND later.list = c.list "                 \
    "AND later.ticket = c.ticket AND later.at > c.at)"

// Whom the roster expects on a list: a person by any of their tickets, who has no person number by that ticket.
#define IS_ON_ROSTER(event, list, person, ticket)                                                                      \
    "CASE " person " WHEN 0 THEN EXISTS (SELECT 1 FROM expected AS e JOIN roster AS r ON r.event = e.event AND "       \
    "r.ticket = " ticket " AND r.person = 0 AND r.lists & e.bit WHERE e.event = " event " AND e.list = " list ") "     \
    "ELSE EXISTS (SELECT 1 FROM expected AS e JOIN roster AS r INDEXED BY roster_of_person ON r.event = e.event AND "  \
    "r.person = " person " AND r.lists & e.bit WHERE e.event = " event " AND e.list = " list ") END"

#define PLACES "2147483647" // STORE_PLACES: how many each event has

// c: the newest of the last check-ins of its owner's tickets.
#define IS_NEWEST                                                                                                      \
    IS_LAST " AND (c.person = 0 OR NOT EXISTS (SELECT 1 FROM check_in AS other INDEXED BY check_in_of_person WHERE "   \
            "other.event = c.event AND other.list = c.list AND other.person = c.person AND other.at > c.at AND "       \
            "NOT EXISTS (SELECT 1 FROM check_in AS later WHERE later.event = other.event AND later.list = other.list " \
            "AND later.ticket = other.ticket AND later.at > other.at)))"

// What the last check-in of somebody says, by `value`; NULL: they have none.
#define LAST_OF_OWNER(owner, value)                                                                                    \
    "CASE " owner ".person WHEN 0 THEN (SELECT CASE c.person WHEN 0 THEN " value " END FROM check_in AS c WHERE "      \
    "c.event = ?1 AND c.list = ?2 AND c.ticket = " owner ".ticket ORDER BY c.at DESC LIMIT 1) "                        \
    "ELSE (SELECT " value " FROM check_in AS c INDEXED BY check_in_of_person WHERE c.event = ?1 AND c.list = ?2 AND "  \
    "c.person = " owner ".person AND " IS_LAST " ORDER BY c.at DESC LIMIT 1) END"

#define LIST_BIT "(SELECT bit FROM expected WHERE event = ?1 AND list = ?2)"

const char *const db_statement_texts[STATEMENT_COUNT_OF_STATEMENTS] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_ROLLBACK] = "ROLLBACK",

    [STATEMENT_IDENTITY] = "SELECT log, device_key, boot FROM identity",
    [STATEMENT_SET_BOOT] = "UPDATE identity SET boot = ?1",
    [STATEMENT_LOG_HEAD] = "SELECT seq, hash, line FROM log ORDER BY seq DESC LIMIT 1",
    [STATEMENT_LOG_AFTER] = "SELECT seq, line, hash FROM log WHERE seq >= ?1 ORDER BY seq",
    [STATEMENT_LOG_LINE] = "SELECT line FROM log WHERE seq = ?1",
    [STATEMENT_ADD_LOG] = "INSERT INTO log (seq, line, hash) VALUES (?1, ?2, ?3)",

    [STATEMENT_PEERS] = "SELECT number, log, newest, hlc, here_before FROM peer ORDER BY number",
    [STATEMENT_ADD_PEER] = "INSERT INTO peer (log) VALUES (?1)",
    [STATEMENT_TOUCH_PEER] =
        "UPDATE peer SET newest = max(newest, ?2), hlc = max(hlc, ?3), unix_ms = iif(?2 > newest AND ?3 > 0, ?4, "
        "unix_ms), gate = iif(?2 > newest AND ?5 <> '', ?5, gate) WHERE number = ?1",
    [STATEMENT_ADD_FOREIGN_LINE] =
        "INSERT INTO foreign_line (peer, seq, hlc, line) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
    [STATEMENT_FOREIGN_LINE] = "SELECT line FROM foreign_line WHERE peer = ?1 AND seq = ?2",
    [STATEMENT_FOREIGN_LINES] = "SELECT peer, seq, hlc, line FROM foreign_line WHERE hlc > 0 ORDER BY peer, seq",
    [STATEMENT_ADD_ANNULLED] = "INSERT INTO annulled (seq, log) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    [STATEMENT_IS_ANNULLED] = "SELECT 1 FROM annulled WHERE seq = ?1 AND log = ?2",

    // ?4: log and seq
    [STATEMENT_FIND_CHECK_IN] =
        "SELECT at FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND substr(at, 9) = ?4",
    // ?4: left out
    [STATEMENT_LAST_OF_TICKET] = "SELECT at, is_entry, unix_ms, gate, person FROM check_in WHERE event = ?1 AND "
                                 "list = ?2 AND ticket = ?3 AND at <> ?4 ORDER BY at DESC LIMIT 1",
    [STATEMENT_LAST_OF_PERSON] =
        "SELECT at, is_entry, unix_ms, gate, person FROM check_in AS c INDEXED BY "
        "check_in_of_person WHERE event = ?1 AND list = ?2 AND person = ?3 AND " IS_LAST " ORDER BY at DESC LIMIT 1",
    [STATEMENT_PASSED_TICKET] =
        "SELECT 1 FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND is_entry LIMIT 1",
    [STATEMENT_PASSED_PERSON] = "SELECT 1 FROM check_in INDEXED BY check_in_of_person WHERE event = ?1 AND list = ?2 "
                                "AND person = ?3 AND is_entry LIMIT 1",
    [STATEMENT_ADD_CHECK_IN] = "INSERT INTO check_in (event, list, ticket, person, is_entry, unix_ms, gate, at) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [STATEMENT_DROP_CHECK_IN] = "DELETE FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND at = ?4",
    [STATEMENT_IS_ON_ROSTER] = "SELECT " IS_ON_ROSTER("?1", "?2", "?3", "?4"),
    [STATEMENT_ADD_COUNTS] = "REPLACE INTO headcount (event, list, inside, aboard, out, seen, given, given_here) "
                             "SELECT ?1, ?2, ?3 + "
                             "ifnull(max(inside), 0), ?4 + ifnull(max(aboard), 0), ?5 + ifnull(max(out), 0), ?6 + "
                             "ifnull(max(seen), 0), ?7 "
                             "+ ifnull(max(given), 0), ?8 + ifnull(max(given_here), 0) FROM headcount WHERE event = ?1 "
                             "AND list = ?2", // max(): one row, also where there was none
    [STATEMENT_COUNT] =
        "SELECT h.inside, h.aboard, h.out, h.seen, h.given, e.persons, r.number, r.stop, s.things, h.given_here FROM "
        "(SELECT ?1 AS "
        "event, ?2 AS list) AS asked LEFT JOIN headcount AS h USING (event, list) LEFT JOIN expected AS e USING "
        "(event, list) LEFT JOIN stock AS s USING (event, list) LEFT JOIN round AS r ON r.event = asked.event AND "
        "r.list = asked.list AND r.at = (SELECT max(at) FROM round WHERE event = ?1 AND list = ?2)",
    [STATEMENT_RECOUNT_SEEN] =
        "UPDATE headcount SET seen = (SELECT count(*) FROM (SELECT DISTINCT c.person, CASE c.person WHEN 0 THEN "
        "c.ticket END FROM check_in AS c WHERE c.event = headcount.event AND c.list = headcount.list AND " IS_LAST
        " AND " IS_ON_ROSTER("c.event", "c.list", "c.person", "c.ticket") ")) WHERE event = ?1",
    [STATEMENT_ADD_ROUND] = "INSERT INTO round (event, list, number, stop, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    // ?3: the newest round. Nobody yet, unless it came late from another kiosk.
    [STATEMENT_RECOUNT_ABOARD] =
        "UPDATE headcount SET aboard = (SELECT count(*) FROM check_in AS c INDEXED BY check_in_of_list WHERE c.event = "
        "?1 AND c.list = ?2 AND c.at > ?3 AND c.is_entry AND " IS_NEWEST ") WHERE event = ?1 AND list = ?2",
    [STATEMENT_ROUND] = "SELECT at FROM round WHERE event = ?1 AND list = ?2 ORDER BY at DESC LIMIT 1",
    [STATEMENT_ADD_STOCK] = "REPLACE INTO stock (event, list, things) SELECT ?1, ?2, ?3 + ifnull(max(things), 0) FROM "
                            "stock WHERE event = ?1 AND list = ?2",
    [STATEMENT_ADD_WALK_IN] =
        "INSERT INTO walk_in (event, ticket, class, party, at, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO "
        "UPDATE SET at = ?5, class = ?3, party = ?4, hash = ifnull(?6, hash) WHERE ?5 > at",
    [STATEMENT_PUT_WALK_IN] =
        "UPDATE walk_in SET name = ?3, company = ?4, language = ?5, salt = ?6, blob = ?7, turn = 1 + (SELECT "
        "ifnull(max(turn), 0) FROM walk_in WHERE turn > 0) WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_WALK_IN] = "SELECT class, party, name, company, language FROM walk_in WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_PUT_SETTING] = "REPLACE INTO setting (key, value) VALUES (?1, ?2)",
    [STATEMENT_SETTING] = "SELECT value FROM setting WHERE key = ?1",

    [STATEMENT_GUEST] = "SELECT class, party, least_generation, status, person, name, company, note, language "
                        "FROM roster WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_FOREIGN] =
        "SELECT ticket FROM roster INDEXED BY roster_of_foreign_code WHERE event = ?1 AND foreign_code = ?2 LIMIT 2",

    [STATEMENT_EVENT_HEAD] = "SELECT head FROM event WHERE number = ?1",
    [STATEMENT_NEWEST_EVENT] = "SELECT number FROM event ORDER BY at DESC LIMIT 1",
    [STATEMENT_EVENT_VERSION] = "SELECT version, digest, root_key FROM event JOIN document "
                                "ON document.event = event.number WHERE number = ?1",
    [STATEMENT_SAME_DOCUMENT] = "SELECT number FROM event JOIN document ON document.event = event.number "
                                "WHERE digest = ?1 AND signature = ?2 AND root_key = ?3",
    [STATEMENT_PUT_EVENT] = "INSERT INTO event (number, version, head, digest) VALUES (?1, ?2, ?3, ?4) "
                            "ON CONFLICT DO UPDATE SET version = ?2, head = ?3, digest = ?4",
    [STATEMENT_MARK_EVENT] = "UPDATE event SET at = ?2 WHERE number = ?1 AND ?2 > at",
    [STATEMENT_PUT_HEAD] = "UPDATE event SET head = ?2 WHERE number = ?1",
    [STATEMENT_PUT_DOCUMENT] = "REPLACE INTO document (event, signature, root_key, bytes) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_CLEAR_ROSTER] = "DELETE FROM roster WHERE event = ?1",
    [STATEMENT_ROSTER_TICKETS] = "SELECT ticket FROM roster WHERE event = ?1 ORDER BY ticket",
    [STATEMENT_SAME_GUEST] =
        "SELECT 1 FROM roster WHERE event = ?1 AND ticket = ?2 AND (class, party, least_generation, person, lists, "
        "status, name, company, note, foreign_code, language) IS (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [STATEMENT_DROP_GUEST] = "DELETE FROM roster WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_PUT_GUEST] =
        "REPLACE INTO roster (event, ticket, class, party, least_generation, person, lists, status, name, company, "
        "note, foreign_code, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [STATEMENT_CLEAR_EXPECTED] = "DELETE FROM expected WHERE event = ?1",
    [STATEMENT_ADD_EXPECTED] = "INSERT INTO expected (event, list, persons, bit) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_ROSTER_BY_PERSON] = "SELECT person, lists FROM roster WHERE event = ?1 AND lists <> 0 ORDER BY person",

    // Places of an event, from ?1: its people are spread over them evenly, so that others fit in between.
    [STATEMENT_CLEAR_LISTING] = "DELETE FROM listing WHERE place BETWEEN ?1 AND ?1 + " PLACES,
    [STATEMENT_ADD_LISTINGS] =
        "WITH people AS MATERIALIZED (SELECT ticket, person, lists, folded_name(name, company) AS name, "
        "folded_words(name, company, ticket) AS words FROM (SELECT ticket, person, lists, name, company FROM roster "
        "WHERE event = ?2 UNION ALL SELECT ticket, 0, 0, name, company FROM walk_in WHERE event = ?2 AND NOT EXISTS "
        "(SELECT 1 FROM roster AS r WHERE r.event = walk_in.event AND r.ticket = walk_in.ticket))) "
        "INSERT INTO listing (place, ticket, person, lists, name, words) "
        "SELECT ?1 + row_number() OVER (ORDER BY name, ticket) * (" PLACES " / (1 + (SELECT count(*) FROM people))), "
        "ticket, person, lists, name, words FROM people",
    [STATEMENT_REBUILD_SEARCH] = "INSERT INTO search (search) VALUES ('rebuild')",
    [STATEMENT_LISTING_FROM] = "SELECT place, name <= folded_name(?3, ?4) FROM listing WHERE place BETWEEN ?1 AND ?2 "
                               "ORDER BY place LIMIT 1",
    [STATEMENT_ADD_LISTING] = "INSERT INTO listing (place, ticket, person, lists, name, words) "
                              "VALUES (?1, ?2, ?3, ?4, folded_name(?5, ?6), folded_words(?5, ?6, ?2))",
    [STATEMENT_DROP_LISTING] = "DELETE FROM listing WHERE ticket = ?2 AND place BETWEEN ?1 AND ?1 + " PLACES,
    [STATEMENT_DROP_SEARCH] =
        "INSERT INTO search (search, rowid, name, words) SELECT 'delete', place, name, words FROM "
        "listing WHERE ticket = ?2 AND place BETWEEN ?1 AND ?1 + " PLACES,
    [STATEMENT_ADD_SEARCH] = "INSERT INTO search (rowid, name, words) SELECT place, name, words FROM listing "
                             "WHERE place = ?1",
    // search's own order is by rowid, so that it stops at the limit.
    [STATEMENT_SEARCH] = "SELECT ticket FROM search JOIN listing ON place = search.rowid WHERE search MATCH ?3 AND "
                         "search.rowid BETWEEN ?1 AND ?1 + " PLACES " ORDER BY search.rowid LIMIT ?2",
    [STATEMENT_NAMESAKES] = "SELECT listing.name FROM search JOIN listing ON place = search.rowid WHERE "
                            "search MATCH ?2 AND search.rowid BETWEEN ?1 AND ?1 + " PLACES,

    // ?3: where the round began. Who came in a round before this one, and whom the list expects and nobody saw;
    // each person by the first of their tickets.
    [STATEMENT_MISSING] =
        "SELECT l.ticket FROM listing AS l WHERE l.place BETWEEN ?4 AND ?4 + " PLACES " AND ifnull(" LAST_OF_OWNER(
            "l",
            "c.is_entry AND c.at <= ?3") ", l.lists & " LIST_BIT ") AND (l.person = 0 OR "
                                         "NOT EXISTS (SELECT 1 FROM listing AS first INDEXED BY "
                                         "listing_of_person WHERE first.person = l.person AND first.person <> 0 AND "
                                         "first.place BETWEEN ?4 AND l.place - 1 AND (" LAST_OF_OWNER(
                                             "l", "1") " IS NOT NULL OR first.lists & " LIST_BIT "))) ORDER BY l.place",
    // Of the former those of whom neither roster nor walk-ins know.
    [STATEMENT_MISSING_UNLISTED] =
        "SELECT c.ticket FROM check_in AS c WHERE c.event = ?1 AND c.list = ?2 AND c.is_entry AND c.at <= ?3 "
        "AND " IS_NEWEST
        " AND NOT CASE c.person WHEN 0 THEN EXISTS (SELECT 1 FROM roster AS r WHERE r.event = c.event AND "
        "r.ticket = c.ticket AND r.person = 0) OR (EXISTS (SELECT 1 FROM walk_in AS w WHERE w.event = c.event AND "
        "w.ticket = c.ticket) AND NOT EXISTS (SELECT 1 FROM roster AS r WHERE r.event = c.event AND "
        "r.ticket = c.ticket)) ELSE EXISTS (SELECT 1 FROM roster AS r INDEXED BY roster_of_person WHERE "
        "r.event = c.event AND r.person = c.person) END ORDER BY c.ticket",
    [STATEMENT_RECENT] = "SELECT ticket, is_entry, unix_ms, at, gate FROM check_in INDEXED BY check_in_of_list WHERE "
                         "event = ?1 AND list = ?2 ORDER BY at DESC LIMIT ?3",
    // Each a person's class and group (class << 8 | group), to be counted by the caller: SQLite would sort them.
    // ?3: whether those who were seen are left out. A person counts by the first ticket that the list expects.
    [STATEMENT_CENSUS_EXPECTED] =
        "SELECT r.class << 8 | r.party FROM roster AS r WHERE r.event = ?1 AND r.lists & " LIST_BIT
        " AND NOT (?3 AND " LAST_OF_OWNER("r", "1") " IS NOT NULL) AND (r.person = 0 OR NOT EXISTS (SELECT 1 FROM "
                                                    "roster AS first INDEXED BY roster_of_person WHERE first.event = "
                                                    "r.event AND first.person = r.person AND "
                                                    "first.ticket < r.ticket AND first.lists & " LIST_BIT "))",
    // ?3 as in MISSING. Who is in, and whether since then; by the ticket they came with. NULL: nobody knows them.
    [STATEMENT_CENSUS_INSIDE] =
        "SELECT ifnull((SELECT r.class << 8 | r.party FROM roster AS r WHERE r.event = c.event AND r.ticket = "
        "c.ticket), (SELECT w.class << 8 | w.party FROM walk_in AS w WHERE w.event = c.event AND w.ticket = "
        "c.ticket)), c.at > ?3 FROM check_in AS c WHERE c.event = ?1 AND c.list = ?2 AND c.is_entry AND " IS_NEWEST,
};
