#include "record/db_sqlite.h"

// A ticket's check-ins before its last one say nothing about anybody any more.
#define IS_LAST                                                                                                        \
    "NOT EXISTS (SELECT 1 FROM check_in AS later WHERE later.event = c.event AND later.list = c.list "                 \
    "AND later.ticket = c.ticket AND later.seq > c.seq)"

// Whom the roster expects on a list: a person by any of their tickets, who has no person number by that ticket.
#define IS_ON_ROSTER(event, list, person, ticket)                                                                      \
    "CASE " person " WHEN 0 THEN EXISTS (SELECT 1 FROM expected AS e JOIN roster AS r ON r.event = e.event AND "       \
    "r.ticket = " ticket " AND r.person = 0 AND r.lists & e.bit WHERE e.event = " event " AND e.list = " list ") "     \
    "ELSE EXISTS (SELECT 1 FROM expected AS e JOIN roster AS r INDEXED BY roster_of_person ON r.event = e.event AND "  \
    "r.person = " person " AND r.lists & e.bit WHERE e.event = " event " AND e.list = " list ") END"

const char *const db_statement_texts[STATEMENT_COUNT_OF_STATEMENTS] = {
    [STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_ROLLBACK] = "ROLLBACK",

    [STATEMENT_IDENTITY] = "SELECT log, device_key, boot FROM identity",
    [STATEMENT_SET_BOOT] = "UPDATE identity SET boot = ?1",
    [STATEMENT_LOG_HEAD] = "SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1",
    [STATEMENT_LOG_AFTER] = "SELECT seq, line, hash FROM log WHERE seq >= ?1 ORDER BY seq",
    [STATEMENT_LOG_LINE] = "SELECT line FROM log WHERE seq = ?1",
    [STATEMENT_ADD_LOG] = "INSERT INTO log (seq, line, hash) VALUES (?1, ?2, ?3)",

    [STATEMENT_HAS_CHECK_IN] = "SELECT 1 FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND seq = ?4",
    // ?4: left out
    [STATEMENT_LAST_OF_TICKET] = "SELECT seq, is_entry, unix_ms, gate, person FROM check_in WHERE event = ?1 AND "
                                 "list = ?2 AND ticket = ?3 AND seq <> ?4 ORDER BY seq DESC LIMIT 1",
    [STATEMENT_LAST_OF_PERSON] =
        "SELECT seq, is_entry, unix_ms, gate, person FROM check_in AS c INDEXED BY "
        "check_in_of_person WHERE event = ?1 AND list = ?2 AND person = ?3 AND " IS_LAST " ORDER BY seq DESC LIMIT 1",
    [STATEMENT_PASSED_TICKET] =
        "SELECT 1 FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND is_entry LIMIT 1",
    [STATEMENT_PASSED_PERSON] = "SELECT 1 FROM check_in INDEXED BY check_in_of_person WHERE event = ?1 AND list = ?2 "
                                "AND person = ?3 AND is_entry LIMIT 1",
    [STATEMENT_ADD_CHECK_IN] = "INSERT INTO check_in (event, list, ticket, seq, person, is_entry, unix_ms, gate) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [STATEMENT_DROP_CHECK_IN] = "DELETE FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND seq = ?4",
    [STATEMENT_IS_ON_ROSTER] = "SELECT " IS_ON_ROSTER("?1", "?2", "?3", "?4"),
    [STATEMENT_ADD_COUNTS] =
        "REPLACE INTO headcount (event, list, inside, aboard, out, seen, given) SELECT ?1, ?2, ?3 + ifnull(max(inside),"
        " 0), ?4 + ifnull(max(aboard), 0), ?5 + ifnull(max(out), 0), ?6 + ifnull(max(seen), 0), ?7 + ifnull(max(given),"
        " 0) FROM headcount WHERE event = ?1 AND list = ?2", // max(): one row, also where there was none
    [STATEMENT_COUNT] =
        "SELECT h.inside, h.aboard, h.out, h.seen, h.given, e.persons, r.number, r.stop, s.things FROM (SELECT ?1 AS "
        "event, ?2 AS list) AS asked LEFT JOIN headcount AS h USING (event, list) LEFT JOIN expected AS e USING "
        "(event, list) LEFT JOIN stock AS s USING (event, list) LEFT JOIN round AS r ON r.event = asked.event AND "
        "r.list = asked.list AND r.seq = (SELECT max(seq) FROM round WHERE event = ?1 AND list = ?2)",
    [STATEMENT_RECOUNT_SEEN] =
        "UPDATE headcount SET seen = (SELECT count(*) FROM (SELECT DISTINCT c.person, CASE c.person WHEN 0 THEN "
        "c.ticket END FROM check_in AS c WHERE c.event = headcount.event AND c.list = headcount.list AND " IS_LAST
        " AND " IS_ON_ROSTER("c.event", "c.list", "c.person", "c.ticket") ")) WHERE event = ?1",
    [STATEMENT_ADD_ROUND] = "INSERT INTO round (event, list, seq, number, stop) VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATEMENT_NOBODY_ABOARD] = "UPDATE headcount SET aboard = 0 WHERE event = ?1 AND list = ?2",
    [STATEMENT_ROUND] = "SELECT seq FROM round WHERE event = ?1 AND list = ?2 ORDER BY seq DESC LIMIT 1",
    [STATEMENT_ADD_STOCK] = "REPLACE INTO stock (event, list, things) SELECT ?1, ?2, ?3 + ifnull(max(things), 0) FROM "
                            "stock WHERE event = ?1 AND list = ?2",
    [STATEMENT_ADD_WALK_IN] = "INSERT INTO walk_in (event, ticket, seq, class, party) VALUES (?1, ?2, ?3, ?4, ?5) "
                              "ON CONFLICT DO UPDATE SET seq = ?3, class = ?4, party = ?5",
    [STATEMENT_PUT_WALK_IN] = "UPDATE walk_in SET name = ?3, company = ?4, language = ?5, salt = ?6, blob = ?7 "
                              "WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_WALK_IN] = "SELECT class, party, name, company, language FROM walk_in WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_PUT_SETTING] = "REPLACE INTO setting (key, value) VALUES (?1, ?2)",
    [STATEMENT_SETTING] = "SELECT value FROM setting WHERE key = ?1",

    [STATEMENT_GUEST] = "SELECT class, party, least_generation, status, person, name, company, note, language "
                        "FROM roster WHERE event = ?1 AND ticket = ?2",
    [STATEMENT_FOREIGN] =
        "SELECT ticket FROM roster INDEXED BY roster_of_foreign_code WHERE event = ?1 AND foreign_code = ?2 LIMIT 2",

    [STATEMENT_EVENT_HEAD] = "SELECT head FROM event WHERE number = ?1",
    [STATEMENT_NEWEST_EVENT] = "SELECT number FROM event ORDER BY seq DESC LIMIT 1",
    [STATEMENT_EVENT_VERSION] = "SELECT version, digest, root_key FROM event JOIN document "
                                "ON document.event = event.number WHERE number = ?1",
    [STATEMENT_SAME_DOCUMENT] = "SELECT number FROM event JOIN document ON document.event = event.number "
                                "WHERE digest = ?1 AND signature = ?2 AND root_key = ?3",
    [STATEMENT_PUT_EVENT] = "INSERT INTO event (number, version, seq, head, digest) VALUES (?1, ?2, ?3, ?4, ?5) "
                            "ON CONFLICT DO UPDATE SET version = ?2, seq = ?3, head = ?4, digest = ?5",
    [STATEMENT_PUT_HEAD] = "UPDATE event SET head = ?2 WHERE number = ?1",
    [STATEMENT_PUT_DOCUMENT] = "REPLACE INTO document (event, signature, root_key, bytes) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_CLEAR_ROSTER] = "DELETE FROM roster WHERE event = ?1",
    [STATEMENT_ADD_GUEST] = "INSERT INTO roster (event, ticket, class, party, least_generation, person, lists, status, "
                            "name, company, note, foreign_code, language) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [STATEMENT_CLEAR_EXPECTED] = "DELETE FROM expected WHERE event = ?1",
    [STATEMENT_ADD_EXPECTED] = "INSERT INTO expected (event, list, persons, bit) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_ROSTER_BY_PERSON] = "SELECT person, lists FROM roster WHERE event = ?1 AND lists <> 0 ORDER BY person",
};
