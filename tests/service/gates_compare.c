#include "service/gates.h"

#include "base/text.h"
#include "record/tally.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

// The feed leaves out what others need not know (office/inbox_feed.c): they hear of what happened to people.
#define TOLD "json_extract(line, '$.kind') IN ('entry', 'exit', 'annul', 'walk_in')"

// ---- what stands in a kiosk's database ----

// What the query says, its one column's rows each with a newline behind. free()
static char *ask(const struct door *door, const char *sql, const uint8_t *log)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;
    char *out = NULL;
    size_t size = 0;
    FILE *text = open_memstream(&out, &size);

    assert_int_equal(sqlite3_open_v2(door->path, &handle, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &row, NULL), SQLITE_OK);
    if (log) assert_int_equal(sqlite3_bind_blob(row, 1, log, LOG_ID_BYTES, SQLITE_STATIC), SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) fprintf(text, "%s\n", (const char *)sqlite3_column_text(row, 0));
    assert_int_equal(sqlite3_finalize(row), SQLITE_OK);
    sqlite3_close(handle);
    fclose(text);
    return out;
}

static uint64_t count(const struct door *door, const char *sql)
{
    char *said = ask(door, sql, NULL);
    uint64_t number = strtoull(said, NULL, 10);

    free(said);
    return number;
}

static void name_log(const struct booth *booth, uint8_t out[LOG_ID_BYTES])
{
    char *hex = ask(&booth->door, "SELECT hex(log) FROM identity", NULL);

    hex[strcspn(hex, "\n")] = '\0';
    for (char *at = hex; *at; at++)
        if (*at >= 'A') *at += 'a' - 'A';
    assert_int_equal(text_unhex(hex, out, LOG_ID_BYTES), STATUS_OK);
    free(hex);
}

bool gates_know_all(const struct gates *gates)
{
    uint64_t all = 0, own[GATES_MOST];

    for (size_t i = 0; i < gates->count; i++)
        all += own[i] = count(&gates->kiosks[i].door, "SELECT count(*) FROM log WHERE " TOLD);
    for (size_t i = 0; i < gates->count; i++)
        if (count(&gates->kiosks[i].door, "SELECT count(*) FROM foreign_line") < all - own[i]) return false;
    return true;
}

// ---- logs, feeds, blobs ----

static char *log_at_office(struct inbox *inbox, const uint8_t log[LOG_ID_BYTES], const struct device *device)
{
    char *out = NULL, *sealed;
    size_t size = 0, length;
    FILE *text = open_memstream(&out, &size);
    struct wire_place place;

    assert_int_equal(inbox_place(inbox, log, device, &place), STATUS_OK);
    for (uint64_t seq = 1; seq < place.next;) {
        assert_int_equal(inbox_sealed(inbox, log, seq, &sealed, &length), STATUS_OK);
        const char *lines = strchr(sealed, '\n') + 1;
        fputs(lines, text);
        for (; *lines; lines++) seq += *lines == '\n';
        free(sealed);
    }
    fclose(text);
    return out;
}

static void compare_log(const struct gates *gates, struct inbox *inbox, size_t kiosk)
{
    uint8_t log[LOG_ID_BYTES];

    name_log(&gates->kiosks[kiosk], log);
    char *own = ask(&gates->kiosks[kiosk].door, "SELECT line FROM log ORDER BY seq", NULL);
    char *there = log_at_office(inbox, log, &gates->devices[kiosk]);
    assert_true(own[0]);
    assert_string_equal(own, there);
    free(there);
    free(own);
    own = ask(&gates->kiosks[kiosk].door, "SELECT line FROM log WHERE " TOLD " ORDER BY seq", NULL);
    for (size_t i = 0; i < gates->count; i++) { // what each other one heard of it
        if (i == kiosk) continue;
        char *heard = ask(&gates->kiosks[i].door,
                          "SELECT line FROM foreign_line JOIN peer ON peer.number = foreign_line.peer WHERE "
                          "peer.log = ?1 ORDER BY seq",
                          log);
        assert_string_equal(own, heard);
        free(heard);
    }
    free(own);
}

struct blobs {
    const struct gates *gates;
    size_t count;
};

static enum status find_blob(void *owner, int64_t id, const uint8_t hash[WALK_IN_HASH_BYTES],
                             const uint8_t salt[WALK_IN_SALT_BYTES], const char *blob)
{
    struct blobs *blobs = owner;
    uint8_t right[WALK_IN_HASH_BYTES];
    size_t found = 0;

    (void)id;
    walk_in_hash(blob, salt, right);
    assert_memory_equal(hash, right, sizeof right);
    for (size_t i = 0; i < blobs->gates->count; i++) {
        char *there =
            ask(&blobs->gates->kiosks[i].door, "SELECT blob FROM walk_in WHERE blob IS NOT NULL AND salt = ?1", salt);
        found += strncmp(there, blob, strlen(blob)) == 0 && there[strlen(blob)] == '\n';
        free(there);
    }
    assert_int_equal(found, 1);
    blobs->count++;
    return STATUS_OK;
}

static void compare_blobs(const struct gates *gates, struct inbox *inbox)
{
    struct blobs blobs = {.gates = gates};
    size_t registered = 0;

    _Static_assert((int)WALK_IN_SALT_BYTES == (int)LOG_ID_BYTES, "ask() binds either");
    for (size_t i = 0; i < gates->count; i++) registered += gates->walk_ins[i];
    assert_int_equal(inbox_each_blob(inbox, 0, find_blob, &blobs), STATUS_OK);
    assert_int_equal(blobs.count, registered);
}

// ---- numbers ----

// Counted from what happened, not from what was written: who came in and wasn't taken back. For lists without exits.
static uint32_t came_to(const struct gates *gates, uint16_t list)
{
    bool is_here[GATES_GUESTS + 1] = {0};
    uint32_t inside = 0;

    for (size_t i = 0; i < gates->count; i++)
        for (size_t k = 0; k < gates->deed_count[i]; k++) {
            const struct gates_deed *deed = &gates->deeds[i][k];
            if (deed->list != list || deed->is_annulled || is_here[deed->person]) continue;
            if (deed->person > 0) is_here[deed->person] = true;
            inside++;
        }
    return inside;
}

static void compare_tallies(const struct tally *office, const struct tally *kiosk)
{
    assert_int_equal(office->list_count, kiosk->list_count);
    for (size_t i = 0; i < office->list_count; i++) {
        const struct headcount *here = &office->lists[i].headcount, *there = &kiosk->lists[i].headcount;
        assert_int_equal(here->inside, there->inside);
        assert_int_equal(here->expected, there->expected);
        assert_int_equal(here->given, there->given);
    }
}

static void compare_numbers(struct gates *gates, struct inbox *inbox)
{
    static struct tally office, kiosk;
    const struct event *event = &gates->house.event;

    assert_int_equal(inbox_tally(inbox, event, &office), STATUS_OK);
    for (size_t i = 0; i < office.list_count; i++)
        if (office.lists[i].mode != LIST_MODE_IN_OUT)
            assert_int_equal(office.lists[i].headcount.inside, came_to(gates, office.lists[i].id));
    for (size_t i = 0; i < gates->count; i++) {
        struct door *door = &gates->kiosks[i].door;
        struct tally_source *source = NULL;
        assert_int_equal(tally_sqlite_open(door->path, door->clock, &source), STATUS_OK);
        assert_int_equal(tally_read(source, event, &kiosk), STATUS_OK);
        tally_close(source);
        compare_tallies(&office, &kiosk);
        assert_int_equal(door_audit(door), 0);
    }
}

static enum status no_alarm(void *owner, const struct inbox_alarm *alarm)
{
    (void)owner;
    fail_msg("an alarm: %s, %s", alarm->kind, alarm->words);
    return STATUS_OK;
}

void gates_compare(struct gates *gates)
{
    struct inbox *inbox = NULL;

    for (size_t i = 0; i < gates->count; i++) {
        const struct booth *booth = &gates->kiosks[i];
        assert_int_equal(booth->forks, 0);
        assert_int_equal(booth->state.trouble, SYNC_FINE);
        assert_int_equal(booth->state.feed_trouble, SYNC_FINE);
        assert_int_equal(booth->state.waiting, 0);
    }
    assert_int_equal(inbox_open(gates->counter->where, clock_system(), &inbox), STATUS_OK);
    for (size_t i = 0; i < gates->count; i++) compare_log(gates, inbox, i);
    compare_blobs(gates, inbox);
    compare_numbers(gates, inbox);
    assert_int_equal(inbox_alarms(inbox, no_alarm, NULL), STATUS_OK);
    inbox_close(inbox);
}
