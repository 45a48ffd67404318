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
};
