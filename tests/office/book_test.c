#include "office/office.h"

#include "base/file.h"
#include "office/publish.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static struct roster_entry guest_of(uint32_t person, const char *name)
{
    struct roster_entry entry = {.guest = {.person = person, .class_id = 1}};

    snprintf(entry.guest.name, sizeof entry.guest.name, "%s", name);
    return entry;
}

static uint64_t add(struct office *office, uint32_t person, const char *name, const char *code)
{
    struct roster_entry entry = guest_of(person, name);
    uint64_t ticket = 0;

    entry.foreign_code = code;
    assert_int_equal(book_add_guest(office->book, OFFICE_EVENT, 1, &entry, &ticket), STATUS_OK);
    return ticket;
}

static void test_book__is_for_its_owner_only(void **state)
{
    struct office *office = *state;
    struct stat facts;
    char path[160];

    assert_int_equal(stat(office->path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    snprintf(path, sizeof path, "%s-wal", office->path);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
}

static void test_book__remembers_who_it_is_and_its_events(void **state)
{
    struct office *office = *state;
    struct office_identity before = *book_identity(office->book);
    struct event *again = calloc(1, sizeof *again);
    uint32_t number;

    office_reopen(office);
    assert_memory_equal(&before, book_identity(office->book), sizeof before);
    assert_int_equal(before.organisation[6] >> 4, 4); // a random UUID
    assert_int_equal(book_find_event(office->book, OFFICE_EVENT, again), STATUS_OK);
    assert_memory_equal(again, &office->event, sizeof *again);
    assert_int_equal(again->keyset.count, 1);
    assert_int_equal(book_next_event(office->book, 0, &number), STATUS_OK);
    assert_int_equal(number, OFFICE_EVENT);
    assert_int_equal(book_next_event(office->book, number, &number), STATUS_MISSING);
    assert_int_equal(book_find_event(office->book, 8, again), STATUS_MISSING);
    assert_int_equal(book_add_event(office->book, &office->event), STATUS_INVALID);
    free(again);
}

static void test_book__opens_nothing_but_books(void **state)
{
    struct office *office = *state;
    struct book *book = NULL;
    char path[128];

    assert_int_equal(book_create(office->path, &book), STATUS_INVALID);
    folder_file(&office->folder, "other", path);
    assert_int_equal(book_open(path, &book), STATUS_MISSING);
    assert_int_equal(file_write(path, "Name;Firma\n", 11, 0600), STATUS_OK);
    assert_int_equal(book_open(path, &book), STATUS_INVALID);
    assert_int_equal(book_create(path, &book), STATUS_INVALID);
    assert_null(book);
}

static void test_book__goes_on_with_an_unfinished_one(void **state)
{
    struct office *office = *state;
    struct book *book = NULL;
    char path[128];

    folder_file(&office->folder, "other", path);
    assert_int_equal(file_write(path, "", 0, 0600), STATUS_OK); // SQLite takes it for an empty database
    assert_int_equal(book_open(path, &book), STATUS_MISSING);
    assert_int_equal(book_create(path, &book), STATUS_OK);
    book_close(book);
    assert_int_equal(book_create(path, &book), STATUS_INVALID);
    assert_int_equal(book_open(path, &book), STATUS_OK);
    book_close(book);
}

static void test_book__signs_tickets_that_its_events_vouch_for(void **state)
{
    struct office *office = *state;
    struct ticket ticket = {.event = OFFICE_EVENT, .number = 815, .class_id = 1};

    assert_int_equal(book_sign_ticket(office->book, &ticket), STATUS_OK);
    assert_true(keyset_vouches_for(&office->event.keyset, &ticket));
    ticket.event = 8;
    assert_false(keyset_vouches_for(&office->event.keyset, &ticket));
    assert_int_equal(book_sign_ticket(office->book, &ticket), STATUS_MISSING);
}

static enum status sum_persons(void *owner, const struct roster_entry *entry)
{
    uint64_t *sum = owner;

    if (entry->guest.person <= *sum % 100000) return STATUS_CORRUPT; // out of order
    *sum += 1000000 + (entry->guest.person - *sum % 100000);
    return entry->foreign_code && strcmp(entry->foreign_code, entry->guest.name) != 0 ? STATUS_CORRUPT : STATUS_OK;
}

static void test_book__walks_its_roster_in_order(void **state)
{
    struct office *office = *state;
    uint64_t sum = 0;

    assert_int_equal(book_begin(office->book), STATUS_OK);
    for (uint32_t person = 1000; person > 0; person--) {
        char name[16];
        snprintf(name, sizeof name, "N%u", person);
        add(office, person, name, person % 3 ? name : NULL);
    }
    assert_int_equal(book_end(office->book, true), STATUS_OK);
    assert_int_equal(book_each_guest(office->book, OFFICE_EVENT, sum_persons, &sum), STATUS_OK);
    assert_true(sum == UINT64_C(1000001000)); // 1000 people, the last of them number 1000
}

static void test_book__draws_ticket_numbers_of_letters_and_digits(void **state)
{
    struct office *office = *state;
    char text[TICKET_NUMBER_TEXT_SIZE];

    assert_int_equal(book_begin(office->book), STATUS_OK);
    for (uint32_t person = 1; person <= 500; person++) { // one in nine would end otherwise
        ticket_number_write(add(office, person, "Name", NULL), text);
        assert_int_equal(strspn(text, "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"), 11);
    }
    assert_int_equal(book_end(office->book, true), STATUS_OK);
}

static void test_book__takes_back_what_was_not_kept(void **state)
{
    struct office *office = *state;
    size_t count;

    assert_int_equal(book_begin(office->book), STATUS_OK);
    add(office, 1, "Anna", NULL);
    assert_int_equal(book_end(office->book, false), STATUS_OK);
    assert_int_equal(book_begin(office->book), STATUS_OK);
    add(office, 2, "Bernd", NULL);
    office_reopen(office); // in the middle
    assert_int_equal(book_count_guests(office->book, OFFICE_EVENT, &count), STATUS_OK);
    assert_int_equal(count, 0);
}

// A full disk: no file of this process may grow any more.
static void test_book__on_a_full_disk_keeps_all_or_nothing(void **state)
{
    struct office *office = *state;
    struct roster_entry entry = guest_of(1, "Anna");
    struct rlimit none = {0}, before;
    enum status status = STATUS_OK;
    uint64_t ticket;
    size_t count;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    none = (struct rlimit){.rlim_cur = 64 * 1024, .rlim_max = before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN); // the write fails instead
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    assert_int_equal(book_begin(office->book), STATUS_OK);
    for (int i = 0; i < 100000 && status == STATUS_OK; i++, entry.guest.person++)
        status = book_add_guest(office->book, OFFICE_EVENT, 1, &entry, &ticket);
    if (status == STATUS_OK) status = book_end(office->book, true);
    else assert_int_not_equal(book_end(office->book, false), STATUS_CORRUPT);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    (void)signal(SIGXFSZ, handler);
    assert_int_equal(status, STATUS_LATER);
    office_reopen(office);
    assert_int_equal(book_count_guests(office->book, OFFICE_EVENT, &count), STATUS_OK);
    assert_int_equal(count, 0);
    add(office, 1, "Anna", NULL); // there is room again
}

static uint32_t publish(struct office *office, bool *is_new_out)
{
    struct publication made;
    struct event *event = calloc(1, sizeof *event);
    char path[128];

    folder_file(&office->folder, "e.event.json", path);
    assert_int_equal(book_find_event(office->book, OFFICE_EVENT, event), STATUS_OK);
    assert_int_equal(publish_event(office->book, event, path, &made), STATUS_OK);
    *is_new_out = made.is_new;
    free(event);
    return made.version;
}

static enum status count_guest(void *owner, const struct roster_entry *entry)
{
    (void)entry;
    ++*(int *)owner;
    return STATUS_OK;
}

static void test_publish__is_what_a_kiosk_accepts(void **state)
{
    struct office *office = *state;
    struct event *event = calloc(1, sizeof *event);
    struct event_flaw flaw;
    uint8_t *bytes, signature[TICKET_SIGNATURE_BYTES];
    size_t length;
    char path[128];
    bool is_new;
    int count = 0;

    add(office, 1, "Jörg \"Jojo\" 😀", "https://example.org/t/1");
    publish(office, &is_new);
    folder_file(&office->folder, "e.event.json", path);
    assert_int_equal(event_file_load(path, &bytes, &length, signature), STATUS_OK);
    assert_int_equal(event_file_decode(bytes, length, signature, book_identity(office->book)->root_public_key, event,
                                       count_guest, &count, &flaw),
                     STATUS_OK);
    assert_int_equal(count, 1);
    assert_string_equal(event->name[LANGUAGE_DE], "StudiTour Brilon");
    assert_memory_equal(&event->keyset, &office->event.keyset, sizeof event->keyset);
    free(bytes);
    free(event);
}

static void test_publish__counts_its_version_with_the_content(void **state)
{
    struct office *office = *state;
    struct roster_entry anna = guest_of(1, "Anna");
    bool is_new;

    assert_int_equal(publish(office, &is_new), 1);
    assert_true(is_new);
    assert_int_equal(publish(office, &is_new), 1);
    assert_false(is_new);
    anna.guest.ticket = add(office, 1, "Anna", NULL);
    assert_int_equal(publish(office, &is_new), 2);
    anna.guest.least_generation = 1; // issued anew
    assert_int_equal(book_change_guest(office->book, OFFICE_EVENT, 0, &anna), STATUS_OK);
    office_reopen(office);
    assert_int_equal(publish(office, &is_new), 3);
    assert_int_equal(publish(office, &is_new), 3);
    assert_false(is_new);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        office_test(test_book__is_for_its_owner_only),
        office_test(test_book__remembers_who_it_is_and_its_events),
        office_test(test_book__opens_nothing_but_books),
        office_test(test_book__goes_on_with_an_unfinished_one),
        office_test(test_book__signs_tickets_that_its_events_vouch_for),
        office_test(test_book__walks_its_roster_in_order),
        office_test(test_book__draws_ticket_numbers_of_letters_and_digits),
        office_test(test_book__takes_back_what_was_not_kept),
        office_test(test_book__on_a_full_disk_keeps_all_or_nothing),
        office_test(test_publish__is_what_a_kiosk_accepts),
        office_test(test_publish__counts_its_version_with_the_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
