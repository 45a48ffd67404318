#include "support/check.h"
#include "support/door.h"

#include "base/text.h"
#include "record/audit.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void make_key(uint8_t name, uint8_t *public_key, uint8_t *secret_key)
{
    uint8_t seed[crypto_sign_SEEDBYTES];

    memset(seed, name, sizeof seed);
    assert_int_equal(crypto_sign_seed_keypair(public_key, secret_key, seed), 0);
}

static void fill_event(struct door *door)
{
    struct event *event = &door->event;
    struct ticket_key *key = &event->keyset.keys[0];

    event->number = DOOR_EVENT;
    strcpy(event->kind, "studitour");
    strcpy(event->name[LANGUAGE_DE], "StudiTour Süd");
    strcpy(event->name[LANGUAGE_EN], "Student tour south");
    strcpy(event->zone, "Europe/Berlin");
    event->starts_ms = DOOR_UNIX_MS - 3600000;
    event->ends_ms = DOOR_UNIX_MS + 8 * 3600000;
    event->shows_names = true;
    event->shows_headcount = true;
    memset(event->keyset.organisation, 0x42, ORGANISATION_BYTES);
    event->keyset.count = 1;
    key->kid = 1;
    make_key(2, key->public_key, door->ticket_secret_key);
    event->list_count = 2;
    event->lists[0] = (struct list){.id = DOOR_LIST, .mode = LIST_MODE_ONCE, .name = "Bus"};
    event->lists[1] = (struct list){.id = 2, .mode = LIST_MODE_ROLL_CALL, .name = "Halt"};
    id_set_add(&event->lists[1].groups, 2);
    event->pin_count = 1;
    assert_int_equal(crypto_pwhash_str(event->pins[0], DOOR_PIN, strlen(DOOR_PIN), crypto_pwhash_OPSLIMIT_MIN,
                                       crypto_pwhash_MEMLIMIT_MIN),
                     0);
}

const char *door_disk(void)
{
    const char *folder = getenv("TMPDIR");

    return folder ? folder : "/tmp";
}

void door_init(struct door *door, const char *parent_folder)
{
    const char *parent = parent_folder ? parent_folder : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : door_disk();

    assert_true(sodium_init() >= 0);
    *door = (struct door){0};
    snprintf(door->folder, sizeof door->folder, "%s/einlass-door-XXXXXX", parent);
    assert_non_null(mkdtemp(door->folder));
    snprintf(door->path, sizeof door->path, "%s/kiosk.db", door->folder);
    clock_hand_init(&door->hand, DOOR_UNIX_MS);
    door->clock = &door->hand.clock;
    make_key(1, door->root_key, door->root_secret_key);
    make_key(3, door->device_key, door->device_secret_key);
    fill_event(door);
}

void door_destroy(struct door *door)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", ".lock", "-journal"};
    char path[128];

    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        snprintf(path, sizeof path, "%s%s", door->path, suffixes[i]);
        unlink(path);
    }
    rmdir(door->folder);
    free(door->document);
}

uint64_t door_ticket(size_t guest)
{
    return ((uint64_t)guest + 1) * UINT64_C(0x9E3779B97F4B) & ((UINT64_C(1) << 48) - 1); // odd factor: all distinct
}

static void fill_guest(size_t i, struct roster_entry *entry, char code[32])
{
    struct guest *guest = &entry->guest;

    *entry = (struct roster_entry){.guest = {.is_listed = true,
                                             .ticket = door_ticket(i),
                                             .class_id = 1,
                                             .group = (uint8_t)(i % 3 + 1),
                                             .person = (uint32_t)(i / 2 + 1)}};
    snprintf(guest->name, sizeof guest->name, "Muster, Vorname%zu", i);
    snprintf(guest->company, sizeof guest->company, "Schule %zu", i % 19);
    if (i % 5 != 4) return;
    snprintf(code, 32, "FOREIGN-%zu", i);
    entry->foreign_code = code;
}

void door_document_with(struct door *door, uint32_t version, size_t guest_count, const struct roster_entry *also,
                        size_t also_count)
{
    struct event_writer *writer = NULL;
    char code[32];

    free(door->document);
    door->document = NULL;
    door->event.version = version;
    assert_int_equal(event_writer_open(&door->event, &writer), STATUS_OK);
    for (size_t i = 0; i < guest_count; i++) {
        struct roster_entry entry;
        fill_guest(i, &entry, code);
        assert_int_equal(event_writer_add(writer, &entry), STATUS_OK);
    }
    for (size_t i = 0; i < also_count; i++) assert_int_equal(event_writer_add(writer, &also[i]), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &door->document, &door->document_length), STATUS_OK);
    event_writer_close(writer);
    event_file_sign(door->document, door->document_length, door->root_secret_key, door->signature);
}

void door_document(struct door *door, uint32_t version, size_t guest_count)
{
    door_document_with(door, version, guest_count, NULL, 0);
}

enum status door_open(struct door *door, struct store **out)
{
    return store_sqlite_open(door->path, door->device_key, door->clock, out);
}

enum status door_install(struct door *door, struct store *store)
{
    struct record stamp = {.unix_ms = DOOR_UNIX_MS, .clock = CLOCK_STATE_NTP};
    struct event_flaw flaw = {0};
    uint32_t number = 0;

    return store->ops->install_event(store, door->document, door->document_length, door->signature, door->root_key,
                                     &stamp, &number, &flaw);
}

struct store *door_store(struct door *door, size_t guest_count)
{
    struct store *store = NULL;

    door_document(door, 1, guest_count);
    assert_int_equal(door_open(door, &store), STATUS_OK);
    assert_int_equal(door_install(door, store), STATUS_OK);
    return store;
}

struct ticket door_ticket_of_class(const struct door *door, size_t guest, uint8_t class_id)
{
    struct ticket ticket = {.kid = 1,
                            .event = DOOR_EVENT,
                            .number = door_ticket(guest),
                            .from_day = DOOR_TODAY - 1,
                            .until_day = DOOR_TODAY + 1,
                            .class_id = class_id,
                            .group = (uint8_t)(guest % 3 + 1)};

    ticket_sign(&ticket, door->event.keyset.organisation, door->ticket_secret_key);
    return ticket;
}

struct ticket door_signed_ticket(const struct door *door, size_t guest)
{
    return door_ticket_of_class(door, guest, 1);
}

struct code door_code_of_text(const char *text, size_t length)
{
    struct code code = {.via = CODE_VIA_CAMERA, .mono_ms = 1000, .has_stayed = true, .length = length};

    assert_true(length <= sizeof code.text);
    if (length > 0) memcpy(code.text, text, length);
    return code;
}

struct code door_code_of(const struct ticket *ticket)
{
    char text[TICKET_TEXT_SIZE];
    struct code code;

    ticket_write(ticket, text);
    code = door_code_of_text(text, TICKET_TEXT_DIGITS);
    code.has_stayed = false; // a ticket needn't
    return code;
}

struct code door_code(const struct door *door, size_t guest)
{
    struct ticket ticket = door_signed_ticket(door, guest);

    return door_code_of(&ticket);
}

struct record door_entry(const struct door *door, size_t guest)
{
    return (struct record){.kind = RECORD_KIND_ENTRY,
                           .event = DOOR_EVENT,
                           .list = DOOR_LIST,
                           .gate = "Nord",
                           .has_ticket = true,
                           .ticket = door_ticket(guest),
                           .person = (uint32_t)(guest / 2 + 1),
                           .reason = REASON_OK,
                           .via = CODE_VIA_CAMERA,
                           .boot_ms = 1000,
                           .unix_ms = door->hand.unix_now_ms,
                           .clock = CLOCK_STATE_NTP};
}

static sqlite3 *connect(const struct door *door)
{
    sqlite3 *handle = NULL;

    assert_int_equal(sqlite3_open(door->path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_busy_timeout(handle, 1000), SQLITE_OK);
    return handle;
}

uint64_t door_record_count(const struct door *door)
{
    sqlite3 *handle = connect(door);
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_prepare_v2(handle, "SELECT count(*) FROM log", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    uint64_t count = (uint64_t)sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    sqlite3_close(handle);
    return count;
}

void door_read_line(const struct door *door, uint64_t seq, char out[RECORD_LINE_SIZE])
{
    sqlite3 *handle = connect(door);
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_prepare_v2(handle, "SELECT line FROM log WHERE seq = ?1", -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_int64(row, 1, (int64_t)seq), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    text_copy(out, RECORD_LINE_SIZE, (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(handle);
}

void door_sql(const struct door *door, const char *sql)
{
    sqlite3 *handle = connect(door);
    char *words = NULL;

    if (sqlite3_exec(handle, sql, NULL, NULL, &words) != SQLITE_OK) fail_msg("%s: %s", sql, words);
    sqlite3_close(handle);
}

uint32_t door_audit(const struct door *door)
{
    struct audit audit = {0};

    assert_int_equal(audit_sqlite(door->path, stderr, &audit), STATUS_OK);
    return audit.difference_count;
}
