#include "record/db_sqlite.h"

#define IS_LAST                                                                                                        \
    "NOT EXISTS (SELECT 1 FROM check_in AS later WHERE later.event = c.event AND later.list = c.list "                 \
    "AND later.ticket = c.ticket AND later.seq > c.seq)"

// Who is inside among everyone whom a change to one ticket can touch: the ticket itself, the persons its check-ins were
// written for, and the person of the change (?4). Counted before and after, the difference is the headcount's.
#define PERSONS_TOUCHED                                                                                                \
    "SELECT count(*) FROM (SELECT person, CASE person WHEN 0 THEN ticket END FROM check_in AS c "                      \
    "WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND is_entry AND " IS_LAST                                         \
    " UNION SELECT person, NULL FROM check_in AS c INDEXED BY check_in_of_person WHERE event = ?1 AND list = ?2 AND "  \
    "person <> 0 AND person IN "                                                                                       \
    "(SELECT ?4 UNION SELECT person FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3) "                    \
    "AND is_entry AND " IS_LAST ")"

#define PLACES "2147483647" // STORE_PLACES: how many each event has

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
    [STATEMENT_LAST_CHECK_IN] = "SELECT is_entry, unix_ms, gate FROM check_in WHERE event = ?1 AND list = ?2 AND "
                                "ticket = ?3 ORDER BY seq DESC LIMIT 1",
    [STATEMENT_PASSED] = "SELECT 1 FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND is_entry LIMIT 1",
    [STATEMENT_PERSON_INSIDE] =
        "SELECT 1 FROM check_in AS c INDEXED BY check_in_of_person WHERE event = ?1 AND list = ?2 AND person = ?3 AND "
        "person <> 0 AND is_entry AND " IS_LAST " LIMIT 1",
    [STATEMENT_PERSONS_TOUCHED] = PERSONS_TOUCHED,
    [STATEMENT_ADD_CHECK_IN] = "INSERT INTO check_in (event, list, ticket, seq, person, is_entry, unix_ms, gate) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [STATEMENT_DROP_CHECK_IN] = "DELETE FROM check_in WHERE event = ?1 AND list = ?2 AND ticket = ?3 AND seq = ?4",
    [STATEMENT_ADD_INSIDE] = "REPLACE INTO headcount (event, list, inside) SELECT ?1, ?2, ?3 + "
                             "ifnull((SELECT inside FROM headcount WHERE event = ?1 AND list = ?2), 0)",
    [STATEMENT_COUNT] = "SELECT (SELECT inside FROM headcount WHERE event = ?1 AND list = ?2), "
                        "(SELECT persons FROM expected WHERE event = ?1 AND list = ?2)",

    [STATEMENT_GUEST] = "SELECT class, party, least_generation, status, person, name, company, note FROM roster "
                        "WHERE event = ?1 AND ticket = ?2",
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
    [STATEMENT_PUT_DOCUMENT] = "REPLACE INTO document (event, signature, root_key, bytes) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_CLEAR_ROSTER] = "DELETE FROM roster WHERE event = ?1",
    [STATEMENT_ADD_GUEST] = "INSERT INTO roster (event, ticket, class, party, least_generation, person, status, name, "
                            "company, note, foreign_code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [STATEMENT_CLEAR_EXPECTED] = "DELETE FROM expected WHERE event = ?1",
    [STATEMENT_ADD_EXPECTED] = "INSERT INTO expected (event, list, persons) VALUES (?1, ?2, ?3)",
    [STATEMENT_ROSTER_BY_PERSON] = "SELECT person, class, party FROM roster WHERE event = ?1 AND status NOT IN "
                                   "('canceled', 'blocked') AND least_generation < ?2 ORDER BY person",

    // Places of an event, from ?1: its people are spread over them evenly, so that others fit in between.
    [STATEMENT_CLEAR_LISTING] = "DELETE FROM listing WHERE place BETWEEN ?1 AND ?1 + " PLACES,
    [STATEMENT_ADD_LISTINGS] =
        "WITH people AS MATERIALIZED (SELECT ticket, folded_name(name, company) AS name, "
        "folded_words(name, company, ticket) AS words FROM roster WHERE event = ?2) "
        "INSERT INTO listing (place, ticket, name, words) SELECT ?1 + row_number() OVER (ORDER BY name, ticket) * "
        "(" PLACES " / (1 + (SELECT count(*) FROM people))), ticket, name, words FROM people",
    [STATEMENT_REBUILD_SEARCH] = "INSERT INTO search (search) VALUES ('rebuild')",
    [STATEMENT_LISTING_FROM] = "SELECT place, name <= folded_name(?3, ?4) FROM listing WHERE place BETWEEN ?1 AND ?2 "
                               "ORDER BY place LIMIT 1",
    [STATEMENT_ADD_LISTING] = "INSERT INTO listing (place, ticket, name, words) "
                              "VALUES (?1, ?2, folded_name(?3, ?4), folded_words(?3, ?4, ?2))",
    [STATEMENT_ADD_SEARCH] = "INSERT INTO search (rowid, name, words) SELECT place, name, words FROM listing "
                             "WHERE place = ?1",
    // search's own order is by rowid, so that it stops at the limit.
    [STATEMENT_SEARCH] = "SELECT ticket FROM search JOIN listing ON place = search.rowid WHERE search MATCH ?3 AND "
                         "search.rowid BETWEEN ?1 AND ?1 + " PLACES " ORDER BY search.rowid LIMIT ?2",
    [STATEMENT_NAMESAKES] = "SELECT listing.name FROM search JOIN listing ON place = search.rowid WHERE "
                            "search MATCH ?2 AND search.rowid BETWEEN ?1 AND ?1 + " PLACES,
};
