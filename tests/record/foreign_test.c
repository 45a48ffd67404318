// What other kiosks wrote decides here like our own, and the log itself is what is sent.
#include "support/check.h"

#include "record/outbox.h"
#include "support/door.h"
#include "ticket/ticket.h"

#include <stdio.h>
#include <stdlib.h>

static const uint8_t north[LOG_ID_BYTES] = {0x9f, 0x3a, 0x01, 0xc2}, south[LOG_ID_BYTES] = {0x11, 0x22, 0x33, 0x44};

struct written { // a line of another kiosk
    char text[RECORD_LINE_SIZE];
    struct foreign_line line;
};

static void write_line(struct written *out, const uint8_t *log, uint64_t seq, struct record record, int64_t hlc)
{
    record.hlc = hlc;
    assert_int_equal(record_write_line(&record, seq, out->text), STATUS_OK);
    out->line = (struct foreign_line){.seq = seq, .line = out->text, .length = strlen(out->text)};
    memcpy(out->line.log, log, LOG_ID_BYTES);
}

static struct record entry_at(const struct door *door, size_t guest, const char *gate)
{
    struct record record = door_entry(door, guest);

    snprintf(record.gate, sizeof record.gate, "%s", gate);
    return record;
}

static size_t take(struct store *store, const struct written *written, size_t count, const char *cursor)
{
    struct foreign_line lines[8];
    size_t new_count = 99;

    for (size_t i = 0; i < count; i++) lines[i] = written[i].line;
    assert_int_equal(store->ops->append_foreign(store, lines, count, cursor, &new_count), STATUS_OK);
    return new_count;
}

static struct history past(const struct door *door, struct store *store, size_t guest)
{
    struct history history;
    struct guest who;

    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, door_ticket(guest), &who), STATUS_OK);
    assert_int_equal(store->ops->find_history(store, DOOR_EVENT, &door->event.lists[0], &who, &history), STATUS_OK);
    return history;
}

static uint32_t inside(const struct door *door, struct store *store)
{
    struct headcount count;

    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door->event.lists[0], &count), STATUS_OK);
    return count.inside;
}

static struct record own_line(const struct door *door, uint64_t seq)
{
    char line[RECORD_LINE_SIZE];
    struct record record;
    uint64_t got = 0;

    door_read_line(door, seq, line);
    assert_int_equal(record_parse_line(line, strlen(line), &record, &got), STATUS_OK);
    return record;
}

static void test_foreign__decides_with_the_other_gates_name(void **state)
{
    struct door door;
    struct written written[2];
    char cursor[STORE_CURSOR_SIZE];

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    assert_int_equal(store->ops->feed_cursor(store, cursor), STATUS_OK);
    assert_string_equal(cursor, "");
    write_line(&written[0], north, 5, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS);
    write_line(&written[1], south, 1, entry_at(&door, 2, "Süd"), DOOR_UNIX_MS + 5);
    assert_int_equal(take(store, written, 2, "17.aabbccdd"), 2);
    struct history history = past(&door, store, 0);
    assert_true(history.ticket.is_known && history.ticket.is_entry);
    assert_string_equal(history.ticket.gate, "Nord");
    assert_int_equal(history.ticket.seq, 0);                        // none that could be taken back here
    assert_string_equal(past(&door, store, 1).person.gate, "Nord"); // the same person's other ticket
    assert_int_equal(inside(&door, store), 2);
    assert_int_equal(take(store, written, 2, "18.aabbccde"), 0); // again
    assert_int_equal(inside(&door, store), 2);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(store->ops->feed_cursor(store, cursor), STATUS_OK);
    assert_string_equal(cursor, "18.aabbccde");
    assert_int_equal(inside(&door, store), 2);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__is_named_by_what_is_written_next(void **state)
{
    struct door door;
    struct written written[2];
    struct record record;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    write_line(&written[0], north, 5, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS + 100000); // their clock is ahead
    write_line(&written[1], south, 1, entry_at(&door, 2, "Süd"), DOOR_UNIX_MS + 5);
    assert_int_equal(take(store, written, 2, "1"), 2);
    record = door_entry(&door, 4);
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    record = own_line(&door, seq);
    assert_true(record.hlc == DOOR_UNIX_MS + 100001); // later than what was known
    assert_int_equal(record.seen_count, 2);
    assert_int_equal(record.seen[0].log, 0x9f3a01c2);
    assert_int_equal(record.seen[0].seq, 5);
    assert_int_equal(record.seen[1].seq, 1);
    record = door_entry(&door, 6);
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    assert_int_equal(own_line(&door, seq).seen_count, 0); // no news
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK); // a start says it all again
    assert_int_equal(own_line(&door, seq + 1).seen_count, 2);
    assert_true(own_line(&door, seq + 1).hlc > own_line(&door, seq).hlc);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__that_comes_late_stands_where_it_happened(void **state)
{
    struct door door;
    struct written written[3];
    struct record exit;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    exit = door_entry(&door, 0);
    exit.kind = RECORD_KIND_EXIT;
    assert_int_equal(store->ops->append(store, &exit, &seq), STATUS_OK);
    int64_t hlc = own_line(&door, seq).hlc;
    write_line(&written[0], north, 5, entry_at(&door, 0, "Nord"), hlc - 10);
    assert_int_equal(take(store, written, 1, "1"), 1);
    assert_int_equal(inside(&door, store), 0); // they went out after that
    assert_false(past(&door, store, 0).ticket.is_entry);
    write_line(&written[0], south, 9, entry_at(&door, 0, "Süd"), hlc + 10);
    assert_int_equal(take(store, written, 1, "2"), 1);
    assert_int_equal(inside(&door, store), 1);
    struct record annul = entry_at(&door, 0, "Süd");
    annul.kind = RECORD_KIND_ANNUL;
    annul.annuls = 9;
    write_line(&written[0], south, 10, annul, hlc + 20);
    assert_int_equal(take(store, written, 1, "3"), 1);
    assert_int_equal(inside(&door, store), 0);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__line_that_is_none_is_kept_and_counts_as_nothing(void **state)
{
    static const char *const lines[] = {"", "{}", "no line\xFF", "{\"seq\":9,\"kind\":\"dance\"}"};
    struct door door;
    struct foreign_line all[6] = {0};
    struct written other, own;
    size_t new_count = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    for (size_t i = 0; i < 4; i++) {
        all[i] = (struct foreign_line){.seq = i + 1, .line = lines[i], .length = strlen(lines[i])};
        memcpy(all[i].log, north, LOG_ID_BYTES);
    }
    write_line(&other, north, 77, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS);
    all[4] = other.line;
    all[4].seq = 6; // says it is another one
    write_line(&own, store->ops->identity(store)->log, 400, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS);
    all[5] = own.line; // our own, from an office that knows more of it
    assert_int_equal(store->ops->append_foreign(store, all, 6, "1", &new_count), STATUS_OK);
    assert_int_equal(new_count, 5);
    assert_int_equal(inside(&door, store), 0);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__more_logs_than_fit_are_named_by_the_next_ones(void **state)
{
    enum { LOGS = 2 * RECORD_MOST_SEEN + 5 };
    struct door door;
    uint64_t seq = 0;
    size_t named = 0;
    bool is_named[LOGS] = {false};

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 4);
    for (uint8_t i = 0; i < LOGS; i++) {
        uint8_t log[LOG_ID_BYTES] = {i, 1};
        struct written written;
        write_line(&written, log, i + 1u, entry_at(&door, 100 + i, "Nord"), DOOR_UNIX_MS);
        assert_int_equal(take(store, &written, 1, "1"), 1);
    }
    for (size_t i = 0; i < 4; i++) {
        struct record record = door_entry(&door, i);
        assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
        record = own_line(&door, seq);
        named += record.seen_count;
        for (size_t j = 0; j < record.seen_count; j++) {
            uint32_t log = record.seen[j].log >> 24;
            assert_true(log < LOGS && record.seen[j].seq == log + 1 && !is_named[log]);
            is_named[log] = true;
        }
    }
    assert_int_equal(named, LOGS);
    store_close(store);
    door_destroy(&door);
}

// What was not written was not said either.
static void test_foreign__is_named_again_where_a_record_was_dropped(void **state)
{
    struct door door;
    struct written written;
    struct record record;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 4);
    write_line(&written, north, 5, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS);
    assert_int_equal(take(store, &written, 1, "1"), 1);
    record = door_entry(&door, 2);
    assert_int_equal(store->ops->begin(store), STATUS_OK);
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    assert_int_equal(store->ops->end(store, STATUS_INVALID), STATUS_INVALID);
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    record = own_line(&door, seq);
    assert_int_equal(record.seen_count, 1);
    assert_int_equal(record.seen[0].seq, 5);
    store_close(store);
    door_destroy(&door);
}

// A kiosk whose clock stands at the end of time stops nobody from writing, and what it wrote is annulled like anything.
static void test_foreign__from_the_far_future_stops_nobody(void **state)
{
    struct door door;
    struct written written;
    struct record record;
    uint64_t seq = 0, first = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    write_line(&written, north, 5, entry_at(&door, 0, "Nord"), RECORD_MOST_HLC);
    assert_int_equal(take(store, &written, 1, "1"), 1);
    for (size_t i = 1; i < 4; i++) {
        record = door_entry(&door, 2 * i);
        assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
        if (i == 1) first = seq;
    }
    assert_true(own_line(&door, seq).hlc == RECORD_MOST_HLC);
    assert_int_equal(inside(&door, store), 4);
    record = door_entry(&door, 2);
    record.kind = RECORD_KIND_ANNUL;
    record.annuls = first;
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    assert_int_equal(inside(&door, store), 3);
    store_close(store);
    assert_int_equal(door_open(&door, &store), STATUS_OK);
    assert_int_equal(inside(&door, store), 3);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

// A version before 0.2 wrote no hlc: its records stand by their clock, and each behind the one before.
static void test_foreign__without_an_order_keeps_that_of_its_log(void **state)
{
    struct door door;
    struct written written[2];
    struct record record;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    record = entry_at(&door, 0, "Nord");
    write_line(&written[0], north, 1, record, 0);
    record.kind = RECORD_KIND_EXIT;
    record.unix_ms -= 3600000; // the clock was set back
    write_line(&written[1], north, 2, record, 0);
    assert_int_equal(take(store, written, 2, "1"), 2);
    assert_int_equal(inside(&door, store), 0);
    assert_false(past(&door, store, 0).ticket.is_entry);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__round_that_comes_late_takes_in_who_came_since(void **state)
{
    struct door door;
    struct written written;
    struct record record;
    struct headcount count;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    int64_t hlc[2];
    for (size_t i = 0; i < 2; i++) {
        record = door_entry(&door, 2 * i);
        record.list = 2;
        record.unix_ms += (int64_t)(1000 * i);
        assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
        hlc[i] = own_line(&door, seq).hlc;
    }
    record = entry_at(&door, 0, "Bus 2");
    record.kind = RECORD_KIND_ROUND;
    record.list = 2;
    record.round = 1;
    snprintf(record.stop, sizeof record.stop, "Essen");
    write_line(&written, south, 1, record, hlc[0] + 1); // between them
    assert_int_equal(take(store, &written, 1, "1"), 1);
    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door.event.lists[1], &count), STATUS_OK);
    assert_int_equal(count.inside, 1);
    assert_string_equal(count.stop, "Essen");
    snprintf(record.stop, sizeof record.stop, "Bonn");
    write_line(&written, south, 2, record, hlc[0] - 1); // an older one, later still
    assert_int_equal(take(store, &written, 1, "2"), 1);
    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door.event.lists[1], &count), STATUS_OK);
    assert_int_equal(count.inside, 1);
    assert_string_equal(count.stop, "Essen");
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__walk_in_is_a_guest_without_a_name(void **state)
{
    static struct rows rows;
    char number[TICKET_NUMBER_TEXT_SIZE];
    struct door door;
    struct written written;
    struct guest guest;

    (void)state;
    door_init(&door, NULL);
    struct store *store = door_store(&door, 10);
    struct record record = entry_at(&door, 30, "Nord");
    record.kind = RECORD_KIND_WALK_IN;
    record.person = 0;
    record.class_id = DOOR_CLASS_WALK_IN;
    write_line(&written, north, 1, record, DOOR_UNIX_MS);
    assert_int_equal(take(store, &written, 1, "1"), 1);
    assert_int_equal(store->ops->find_guest(store, DOOR_EVENT, record.ticket, &guest), STATUS_OK);
    assert_true(guest.is_walk_in);
    assert_int_equal(guest.class_id, DOOR_CLASS_WALK_IN);
    assert_string_equal(guest.name, "");
    ticket_number_write(record.ticket, number);
    assert_int_equal(store->ops->search(store, DOOR_EVENT, &door.event.lists[0], number, &rows), STATUS_OK);
    assert_int_equal(rows.count, 1);
    assert_true(rows.rows[0].ticket == record.ticket);
    assert_int_equal(door_audit(&door), 0);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__stock_is_theirs_and_what_they_gave_is_everybodys(void **state)
{
    struct door door;
    struct written written[2];
    struct record record;
    struct headcount count;
    uint64_t seq = 0;

    (void)state;
    door_init(&door, NULL);
    struct list *boxes = door_add_list(&door, LIST_MODE_HAND_OUT, "Boxen");
    boxes->stock = 100;
    struct store *store = door_store(&door, 10);
    record = entry_at(&door, 0, "Nord");
    record.list = 3;
    write_line(&written[1], north, 2, record, DOOR_UNIX_MS);
    record.kind = RECORD_KIND_STOCK;
    record.stock = 60;
    write_line(&written[0], north, 1, record, DOOR_UNIX_MS);
    assert_int_equal(take(store, written, 2, "1"), 2);
    record = door_entry(&door, 2);
    record.list = 3;
    record.kind = RECORD_KIND_STOCK;
    record.stock = 10;
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    record.kind = RECORD_KIND_ENTRY;
    assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    assert_int_equal(store->ops->count(store, DOOR_EVENT, &door.event.lists[2], &count), STATUS_OK);
    assert_int_equal(count.given, 2);
    assert_int_equal(count.left_here, 9);
    assert_int_equal(count.left, 9);
    store_close(store);
    door_destroy(&door);
}

static void test_foreign__tampering_is_found(void **state)
{
    static const char *const tampering[] = {
        "UPDATE foreign_line SET line = replace(line, 'Nord', 'Hier')",
        "UPDATE foreign_line SET hlc = hlc + 1",
        "UPDATE foreign_line SET line = '{}'",
        "UPDATE foreign_line SET hlc = 0",
        "DELETE FROM foreign_line",
        "UPDATE peer SET newest = newest + 1",
        "UPDATE peer SET hlc = hlc + 1",
        "UPDATE peer SET log = zeroblob(16)",
        "DELETE FROM check_in",
        "INSERT INTO annulled SELECT log, newest FROM peer",
    };
    struct written written;

    (void)state;
    for (size_t i = 0; i < sizeof tampering / sizeof *tampering; i++) {
        struct door door;
        door_init(&door, NULL);
        struct store *store = door_store(&door, 4);
        write_line(&written, north, 5, entry_at(&door, 0, "Nord"), DOOR_UNIX_MS);
        assert_int_equal(take(store, &written, 1, "1"), 1);
        store_close(store);
        assert_int_equal(door_audit(&door), 0);
        door_sql(&door, tampering[i]);
        if (door_audit(&door) == 0) fail_msg("nobody noticed: %s", tampering[i]);
        door_destroy(&door);
    }
}

static void test_outbox__gives_the_log_as_it_is_stored(void **state)
{
    struct door door;
    struct outbox *outbox = NULL;
    struct outbox_head head;
    struct outbox_batch *batch = calloc(1, sizeof *batch), *rest = calloc(1, sizeof *rest);
    uint8_t hash[CHAIN_HASH_BYTES];
    uint64_t seq = 0;
    char line[RECORD_LINE_SIZE];

    (void)state;
    assert_true(batch && rest);
    door_init(&door, NULL);
    assert_int_equal(outbox_sqlite_open(door.path, &outbox), STATUS_MISSING);
    struct store *store = door_store(&door, 10);
    assert_int_equal(outbox_sqlite_open(door.path, &outbox), STATUS_OK);
    for (size_t i = 0; i < 8; i++) {
        struct record record = door_entry(&door, i);
        assert_int_equal(store->ops->append(store, &record, &seq), STATUS_OK);
    }
    assert_int_equal(outbox_head(outbox, &head), STATUS_OK);
    assert_int_equal(head.last_seq, seq);
    assert_memory_equal(head.log, store->ops->identity(store)->log, LOG_ID_BYTES);
    assert_int_equal(outbox_read(outbox, 1, 4, batch), STATUS_OK);
    assert_int_equal(batch->count, 4);
    assert_int_equal(outbox_hash(outbox, 0, hash), STATUS_OK);
    assert_memory_equal(hash, batch->prev, sizeof hash);
    door_read_line(&door, 1, line);
    assert_memory_equal(batch->lines, line, strlen(line));
    assert_int_equal(batch->lines[strlen(line)], '\n');
    assert_int_equal(outbox_read(outbox, 5, 500, rest), STATUS_OK);
    assert_int_equal(rest->count, seq - 4);
    assert_memory_equal(rest->prev, batch->head, sizeof hash);
    assert_memory_equal(rest->head, head.hash, sizeof hash);
    assert_int_equal(outbox_read(outbox, seq + 1, 500, rest), STATUS_MISSING);
    assert_int_equal(outbox_read(outbox, seq + 2, 500, rest), STATUS_MISSING);
    outbox_close(outbox);
    store_close(store);
    door_destroy(&door);
    free(batch);
    free(rest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_foreign__decides_with_the_other_gates_name),
        cmocka_unit_test(test_foreign__is_named_by_what_is_written_next),
        cmocka_unit_test(test_foreign__that_comes_late_stands_where_it_happened),
        cmocka_unit_test(test_foreign__line_that_is_none_is_kept_and_counts_as_nothing),
        cmocka_unit_test(test_foreign__more_logs_than_fit_are_named_by_the_next_ones),
        cmocka_unit_test(test_foreign__is_named_again_where_a_record_was_dropped),
        cmocka_unit_test(test_foreign__from_the_far_future_stops_nobody),
        cmocka_unit_test(test_foreign__without_an_order_keeps_that_of_its_log),
        cmocka_unit_test(test_foreign__round_that_comes_late_takes_in_who_came_since),
        cmocka_unit_test(test_foreign__walk_in_is_a_guest_without_a_name),
        cmocka_unit_test(test_foreign__stock_is_theirs_and_what_they_gave_is_everybodys),
        cmocka_unit_test(test_foreign__tampering_is_found),
        cmocka_unit_test(test_outbox__gives_the_log_as_it_is_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
