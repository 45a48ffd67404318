// What other kiosks wrote decides here like our own, and the log itself is what is sent.
#include "support/check.h"

#include "record/outbox.h"
#include "support/door.h"

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
        cmocka_unit_test(test_outbox__gives_the_log_as_it_is_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
