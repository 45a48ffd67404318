// What the book keeps of the door, also a book that was made before there was such a thing.
#include "office/office.h"

#include "office/publish.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static void open_with_everything(struct office *office)
{
    struct draft draft = office_draft();
    struct draft_flaw flaw;

    draft.number = "8";
    draft.lists[0] = "Tür;mode=in_out;capacity=300;opens=2026-11-22 08:00;closes=2026-11-22 18:00;classes=1,6";
    draft.lists[1] = "Boxen;mode=hand_out;stock=2700;after=Tür;groups=1,2";
    draft.list_count = 2;
    draft.stops[0] = "Rathaus|Town hall", draft.stops[1] = "Werk", draft.stops[2] = "Rathaus";
    draft.stop_count = 3;
    draft.staff[0] = "4", draft.staff_count = 1;
    draft.welcomes_walk_ins = true;
    draft.plus_ones = "2";
    draft.consents[0] = "photos*@2026-11=Fotos sind in Ordnung.|Photos are fine.", draft.consent_count = 1;
    assert_int_equal(draft_event(&draft, &office->event, &flaw), STATUS_OK);
    assert_int_equal(book_add_event(office->book, &office->event), STATUS_OK);
}

static void test_book__keeps_all_that_the_door_asks(void **state)
{
    struct office *office = *state;
    struct event *again = calloc(1, sizeof *again);

    open_with_everything(office);
    office_reopen(office);
    assert_int_equal(book_find_event(office->book, 8, again), STATUS_OK);
    again->keyset = office->event.keyset; // the book's own
    assert_memory_equal(again, &office->event, sizeof *again);
    assert_int_equal(book_find_event(office->book, OFFICE_EVENT, again), STATUS_OK);
    assert_int_equal(again->stop_count, 0);
    assert_false(again->walk_ins.is_welcome);
    free(again);
}

static void find(struct office *office, struct event *out)
{
    assert_int_equal(book_find_event(office->book, 8, out), STATUS_OK);
}

static enum status add(struct office *office, const struct event *event, const char *name, uint8_t first,
                       enum kiosk_flaw *flaw)
{
    const uint8_t key[TICKET_PUBLIC_KEY_BYTES] = {first, 2, 3};

    return book_add_kiosk(office->book, event, name, key, flaw);
}

static void test_book__lets_kiosks_sign_walk_ins_and_nothing_else(void **state)
{
    struct office *office = *state;
    struct event *event = calloc(1, sizeof *event);
    enum kiosk_flaw flaw;

    open_with_everything(office);
    find(office, event);
    assert_int_equal(add(office, event, "Tür Nord", 1, &flaw), STATUS_OK);
    find(office, event);
    assert_int_equal(add(office, event, "Tür Süd", 2, &flaw), STATUS_OK);
    find(office, event);
    assert_int_equal(event->keyset.count, 3);
    assert_false(event->keyset.keys[0].is_walk_in_only); // the office's own
    for (size_t i = 1; i < 3; i++) {
        assert_true(event->keyset.keys[i].is_walk_in_only);
        assert_int_equal(event->keyset.keys[i].walk_in_class, 6);
        assert_int_equal(event->keyset.keys[i].kid, i);
        assert_int_equal(event->keyset.keys[i].public_key[0], i);
    }
    assert_int_equal(add(office, event, "Tür West", 2, &flaw), STATUS_INVALID);
    assert_int_equal(flaw, KIOSK_FLAW_KEY_TAKEN);
    assert_int_equal(add(office, event, "Tür Süd", 3, &flaw), STATUS_INVALID);
    assert_int_equal(flaw, KIOSK_FLAW_NAME_TAKEN);
    assert_int_equal(book_remove_kiosk(office->book, 8, "Tür Nord"), STATUS_OK);
    assert_int_equal(book_remove_kiosk(office->book, 8, "Tür Nord"), STATUS_MISSING);
    find(office, event);
    assert_int_equal(event->keyset.count, 2);
    assert_int_equal(event->keyset.keys[1].public_key[0], 2);
    assert_int_equal(book_find_event(office->book, OFFICE_EVENT, event), STATUS_OK);
    assert_int_equal(add(office, event, "Tür Nord", 1, &flaw), STATUS_INVALID);
    assert_int_equal(flaw, KIOSK_FLAW_NO_WALK_INS);
    free(event);
}

static void test_book__has_room_for_so_many_kiosks(void **state)
{
    struct office *office = *state;
    struct event *event = calloc(1, sizeof *event);
    enum kiosk_flaw flaw;
    char name[16];

    open_with_everything(office);
    for (uint8_t i = 1; i <= KEYSET_MAX_KEYS; i++) {
        snprintf(name, sizeof name, "Kiosk %u", i);
        find(office, event);
        assert_int_equal(add(office, event, name, i, &flaw), i < KEYSET_MAX_KEYS ? STATUS_OK : STATUS_INVALID);
    }
    assert_int_equal(flaw, KIOSK_FLAW_TOO_MANY);
    free(event);
}

// What the office's signature covers grows with each kiosk: the version must too.
static void test_publish__counts_a_kiosk_as_a_change(void **state)
{
    struct office *office = *state;
    struct event *event = calloc(1, sizeof *event);
    struct publication made;
    enum kiosk_flaw flaw;
    char path[128];

    open_with_everything(office);
    folder_file(&office->folder, "e.event.json", path);
    find(office, event);
    assert_int_equal(publish_event(office->book, event, path, &made), STATUS_OK);
    assert_int_equal(made.version, 1);
    find(office, event);
    assert_int_equal(add(office, event, "Tür Nord", 1, &flaw), STATUS_OK);
    find(office, event);
    assert_int_equal(publish_event(office->book, event, path, &made), STATUS_OK);
    assert_int_equal(made.version, 2);
    free(event);
}

static char *read_all(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = calloc(1, 1 << 16);

    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
    fclose(file);
    return text;
}

// The book as version 1 of this program made it: its schema is still in the source.
static void make_old_book(const char *path)
{
    static const char content[] = "INSERT INTO office VALUES (1, zeroblob(16), zeroblob(32), zeroblob(64));"
                                  "INSERT INTO event VALUES (7, 'boxes', 'Boxen', 'Boxes', 'Europe/Berlin', 1, 2, '', "
                                  "'', '', '', 1, 1, 4, NULL, 1);"
                                  "INSERT INTO event_key VALUES (7, 0, zeroblob(32), zeroblob(64));"
                                  "INSERT INTO list VALUES (7, 1, 'once', 'Einlass', 90);"
                                  "INSERT INTO label VALUES (7, 'class', 4, 'Team', 'Staff', '', '');"
                                  "INSERT INTO guest VALUES (7, 815, 1, 'Anna', 'X', '', 1, 0, 'ok', 0, 1, NULL);";
    char *schema = read_all(BOOK_SQL);
    sqlite3 *handle;

    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, schema, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, content, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    free(schema);
}

// How many guests called Anna, in the book as it stands in the file; the version it says it has.
static int annas_of(const char *path, int *version_out)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *row = NULL;

    assert_int_equal(sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle,
                                        "SELECT (SELECT count(*) FROM guest WHERE name = 'Anna'), user_version FROM "
                                        "pragma_user_version",
                                        -1, &row, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int annas = sqlite3_column_int(row, 0);
    *version_out = sqlite3_column_int(row, 1);
    sqlite3_finalize(row);
    sqlite3_close(handle);
    return annas;
}

static void test_book__of_version_1_is_kept_as_it_was(void **state)
{
    struct office *office = *state;
    struct book *book = NULL;
    char path[128], copy[128];
    int version = 0;

    folder_file(&office->folder, "old", path);
    folder_file(&office->folder, "old.version-1", copy);
    make_old_book(path);
    assert_int_equal(book_open(path, &book), STATUS_OK);
    book_close(book);
    assert_int_equal(annas_of(copy, &version), 1);
    assert_int_equal(version, 1);
    assert_int_equal(annas_of(path, &version), 1);
    assert_int_equal(version, 2);
}

static void test_book__of_version_1_stays_so_while_no_copy_can_be_kept(void **state)
{
    struct office *office = *state;
    struct book *book = NULL;
    char path[128], in_the_way[128];
    int version = 0;

    folder_file(&office->folder, "old", path);
    folder_file(&office->folder, "old.version-1.unfinished", in_the_way);
    make_old_book(path);
    assert_int_equal(mkdir(in_the_way, 0700), 0);
    assert_int_equal(book_open(path, &book), STATUS_LATER);
    assert_null(book);
    assert_int_equal(annas_of(path, &version), 1);
    assert_int_equal(version, 1);
    assert_int_equal(rmdir(in_the_way), 0);
    assert_int_equal(book_open(path, &book), STATUS_OK);
    book_close(book);
}

static void test_book__of_version_1_is_brought_up_to_date(void **state)
{
    struct office *office = *state;
    struct event *event = calloc(1, sizeof *event);
    struct book_guest guest;
    struct book *book = NULL;
    char path[128];

    folder_file(&office->folder, "old", path);
    make_old_book(path);
    for (int time = 0; time < 2; time++) { // and stays so
        assert_int_equal(book_open(path, &book), STATUS_OK);
        assert_int_equal(book_find_event(book, 7, event), STATUS_OK);
        assert_int_equal(event->version, 4);
        assert_int_equal(event->lists[0].capacity, 90);
        assert_true(event->lists[0].opens_ms == 0 && event->lists[0].after == 0);
        assert_false(event->classes[0].is_staff || event->walk_ins.is_welcome);
        assert_int_equal(book_find_guest(book, 7, 815, &guest), STATUS_OK);
        assert_string_equal(guest.guest.name, "Anna");
        assert_string_equal(guest.guest.language, "");
        event->number = (uint32_t)(8 + time);
        event->stop_count = 1;
        strcpy(event->stops[0].name[LANGUAGE_DE], "Rathaus");
        assert_int_equal(book_add_event(book, event), STATUS_OK);
        book_close(book);
    }
    free(event);
}

static void test_book__of_a_later_version_is_left_alone(void **state)
{
    struct office *office = *state;
    struct book *book = NULL;
    sqlite3 *handle;
    char path[128];

    folder_file(&office->folder, "new", path);
    make_old_book(path);
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, "PRAGMA user_version = 3", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    assert_int_equal(book_open(path, &book), STATUS_INVALID);
    assert_null(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        office_test(test_book__keeps_all_that_the_door_asks),
        office_test(test_book__lets_kiosks_sign_walk_ins_and_nothing_else),
        office_test(test_book__has_room_for_so_many_kiosks),
        office_test(test_publish__counts_a_kiosk_as_a_change),
        office_test(test_book__of_version_1_is_kept_as_it_was),
        office_test(test_book__of_version_1_stays_so_while_no_copy_can_be_kept),
        office_test(test_book__of_version_1_is_brought_up_to_date),
        office_test(test_book__of_a_later_version_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
