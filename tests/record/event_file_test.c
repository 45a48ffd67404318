#include "support/check.h"

#include "base/text.h"
#include "record/event_file.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct office { // the office's root key and an event it signs
    uint8_t root_key[ROOT_KEY_BYTES], secret_key[ROOT_SECRET_KEY_BYTES];
    struct event event;
};

struct seen { // what a visitor got
    size_t count, stop_after;
    struct guest guests[8];
    char codes[8][64];
    uint64_t sum;
};

static enum status see(void *owner, const struct roster_entry *entry)
{
    struct seen *seen = owner;

    if (seen->count < 8) {
        seen->guests[seen->count] = entry->guest;
        text_copy(seen->codes[seen->count], sizeof seen->codes[0], entry->foreign_code ? entry->foreign_code : "-");
    }
    seen->count++;
    seen->sum += entry->guest.ticket;
    return seen->count == seen->stop_after ? STATUS_LATER : STATUS_OK;
}

static void fill_walk_ins(struct walk_in_rules *rules)
{
    *rules = (struct walk_in_rules){.is_welcome = true, .class_id = 6, .most_plus_ones = 3};
    rules->field_count = 2;
    rules->fields[0] = (struct walk_in_field){
        .key = "name", .kind = FIELD_NAME, .is_required = true, .label = {"Vor- und Nachname", "Name"}};
    rules->fields[1] = (struct walk_in_field){.key = "company", .label = {"Firma oder Schule", "Company or school"}};
    rules->consent_count = 1;
    rules->consents[0] = (struct walk_in_consent){
        .key = "photos", .version = "2026-11", .text = {"Fotos sind in Ordnung.", "Photos are fine."}};
}

static void fill_event(struct event *event)
{
    event->number = 7;
    event->version = 3;
    strcpy(event->kind, "studitour");
    strcpy(event->name[LANGUAGE_DE], "StudiTour Sauerland Süd");
    strcpy(event->name[LANGUAGE_EN], "Student tour");
    strcpy(event->zone, "Europe/Berlin");
    event->starts_ms = 1795334400000;
    event->ends_ms = 1795370400000;
    strcpy(event->welcome[LANGUAGE_DE], "Schön, dass du da bist");
    strcpy(event->privacy[LANGUAGE_DE], "Zeile 1\n\"Zeile\" 2");
    strcpy(event->privacy[LANGUAGE_EN], "Privacy");
    event->shows_names = true;
    for (uint8_t i = 0; i < ORGANISATION_BYTES; i++) event->keyset.organisation[i] = (uint8_t)(0xA0 + i);
    event->keyset.count = 2;
    event->keyset.keys[0] = (struct ticket_key){.kid = 1, .public_key = {1, 2, 3, 255}};
    event->keyset.keys[1] =
        (struct ticket_key){.kid = 200, .public_key = {9}, .is_walk_in_only = true, .walk_in_class = 6};
    event->class_count = 2;
    event->classes[0] = (struct event_label){.id = 6, .name = {"Spontan", "Walk-in"}};
    event->classes[1] = (struct event_label){.id = 9, .name = {"Team", "Team"}, .is_staff = true};
    event->group_count = 1;
    event->groups[0] = (struct event_label){.id = 255, .name = {"Bus 1", "Bus 1"}, .hint = {"vor dem Rathaus", ""}};
    event->list_count = 2;
    event->lists[0] = (struct list){.id = 1, .mode = LIST_MODE_ONCE, .name = "Einlass", .opens_ms = 5, .closes_ms = 6};
    event->lists[1] = (struct list){.id = 65535, .mode = LIST_MODE_HAND_OUT, .name = "Boxen", .stock = 2700};
    event->lists[1].after = 1;
    event->lists[1].capacity = 130;
    id_set_add(&event->lists[1].classes, 0);
    id_set_add(&event->lists[1].classes, 255);
    id_set_add(&event->lists[1].groups, 1);
    event->stop_count = 2;
    event->stops[0] = (struct event_stop){.name = {"Rathaus", "Town hall"}};
    event->stops[1] = (struct event_stop){.name = {"Werk Süd", "Werk Süd"}};
    fill_walk_ins(&event->walk_ins);
    event->pin_count = 1;
    strcpy(event->pins[0], "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$aGFzaA");
}

static const struct roster_entry sample_roster[] = {
    {.guest = {.ticket = 0x00a1b2c3d4e5,
               .class_id = 1,
               .group = 2,
               .least_generation = 1,
               .status = GUEST_STATUS_UNPAID,
               .person = 815,
               .name = "Ayşe Yılmaz-Groß",
               .company = "Berufskolleg \"Am Eichholz\"",
               .note = "Rollstuhl\nRampe links",
               .language = "tr"},
     .foreign_code = "XK-17;ü\t"},
    {.guest = {.ticket = UINT64_C(0xFFFFFFFFFFFF), .least_generation = GUEST_WITHDRAWN}},
};

static int set_up(void **state)
{
    struct office *office = calloc(1, sizeof *office);
    const uint8_t seed[crypto_sign_SEEDBYTES] = {42};

    crypto_sign_seed_keypair(office->root_key, office->secret_key, seed);
    fill_event(&office->event);
    *state = office;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static uint8_t *write_sample(const struct event *event, size_t *length)
{
    struct event_writer *writer;
    uint8_t *bytes = NULL;

    assert_int_equal(event_writer_open(event, &writer), STATUS_OK);
    for (size_t i = 0; i < sizeof sample_roster / sizeof *sample_roster; i++)
        assert_int_equal(event_writer_add(writer, &sample_roster[i]), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, length), STATUS_OK);
    event_writer_close(writer);
    return bytes;
}

static void test_event_file__read_is_what_was_written(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    struct seen seen = {0};
    struct event_flaw flaw;
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    size_t length;
    uint8_t *bytes = write_sample(&office->event, &length);

    event_file_sign(bytes, length, office->secret_key, signature);
    assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw), STATUS_OK);
    // Both were zeroed before they were filled, by =, strcpy or copies of whole arrays: equal values, equal bytes.
    assert_memory_equal(back->lists, office->event.lists, sizeof back->lists);
    assert_string_equal(back->privacy[LANGUAGE_DE], office->event.privacy[LANGUAGE_DE]);
    assert_string_equal(back->welcome[LANGUAGE_DE], office->event.welcome[LANGUAGE_DE]);
    assert_string_equal(back->welcome[LANGUAGE_EN], "Schön, dass du da bist"); // nobody translated it
    strcpy(office->event.welcome[LANGUAGE_EN], "Schön, dass du da bist");
    strcpy(office->event.groups[0].hint[LANGUAGE_EN], "vor dem Rathaus");
    assert_memory_equal(back, &office->event, sizeof *back);
    assert_int_equal(seen.count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct guest expected = sample_roster[i].guest;
        expected.is_listed = true;
        assert_memory_equal(&seen.guests[i], &expected, sizeof expected);
    }
    assert_string_equal(seen.codes[0], "XK-17;ü\t");
    assert_string_equal(seen.codes[1], "-");
    free(bytes);
    free(back);
}

static void test_event_file__without_walk_ins_welcomes_none(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    struct event_flaw flaw;
    size_t length;
    uint8_t *bytes;

    memset(&office->event.walk_ins, 0, sizeof office->event.walk_ins);
    bytes = write_sample(&office->event, &length);
    assert_int_equal(event_file_decode_unsigned(bytes, length, back, NULL, NULL, &flaw), STATUS_OK);
    assert_memory_equal(&back->walk_ins, &office->event.walk_ins, sizeof back->walk_ins);
    free(bytes);
    free(back);
}

static void test_event_writer__equal_content_gives_equal_bytes(void **state)
{
    struct office *office = *state;
    size_t first_length, second_length;
    uint8_t *first = write_sample(&office->event, &first_length);
    uint8_t *second = write_sample(&office->event, &second_length);

    assert_int_equal(first_length, second_length);
    assert_memory_equal(first, second, first_length);
    free(first);
    free(second);
}

static void test_event_writer__refuses_what_no_kiosk_would_accept(void **state)
{
    struct office *office = *state;
    struct event_writer *writer;
    struct roster_entry entry = sample_roster[0];
    uint8_t *bytes;
    size_t length;

    strcpy(office->event.welcome[LANGUAGE_EN], "\xFF");
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_INVALID);
    office->event.welcome[LANGUAGE_EN][0] = '\0';
    strcpy(office->event.groups[0].hint[LANGUAGE_EN], "\xC3");
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_INVALID);
    office->event.groups[0].hint[LANGUAGE_EN][0] = '\0';

    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK);
    strcpy(entry.guest.note, "M\xFCller");
    assert_int_equal(event_writer_add(writer, &entry), STATUS_INVALID);
    event_writer_close(writer);

    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK); // the same ticket twice
    assert_int_equal(event_writer_add(writer, &sample_roster[0]), STATUS_OK);
    assert_int_equal(event_writer_add(writer, &sample_roster[0]), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_INVALID);
    event_writer_close(writer);

    entry = (struct roster_entry){.guest = {.ticket = UINT64_C(1) << 48}};
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK);
    assert_int_equal(event_writer_add(writer, &entry), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_INVALID);
    event_writer_close(writer);

    office->event.walk_ins.class_id = 9; // of staff
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_INVALID);
    event_writer_close(writer);
    office->event.walk_ins.class_id = 6;
    strcpy(office->event.walk_ins.consents[0].text[LANGUAGE_EN], "\xFF");
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_INVALID);
    strcpy(office->event.walk_ins.consents[0].text[LANGUAGE_EN], "Photos?");
    strcpy(office->event.stops[1].name[LANGUAGE_DE], "\xC3");
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_INVALID);
    strcpy(office->event.stops[1].name[LANGUAGE_DE], "Werk");

    office->event.lists[0].after = 65535; // 1 after 65535 after 1
    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK);
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_INVALID);
    event_writer_close(writer);
    event_writer_close(NULL);
}

static void test_event_file__of_another_key_or_signature_is_refused(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    uint8_t signature[TICKET_SIGNATURE_BYTES], other_key[ROOT_KEY_BYTES], other_secret[ROOT_SECRET_KEY_BYTES];
    const uint8_t seed[crypto_sign_SEEDBYTES] = {43};
    struct event_flaw flaw = {0};
    struct seen seen = {0};
    size_t length;
    uint8_t *bytes = write_sample(&office->event, &length);

    crypto_sign_seed_keypair(other_key, other_secret, seed);
    event_file_sign(bytes, length, other_secret, signature);
    assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw),
                     STATUS_INVALID);
    assert_non_null(strstr(flaw.words, "signature"));
    event_file_sign(bytes, length, office->secret_key, signature);
    assert_int_equal(event_file_decode(bytes, length, signature, other_key, back, see, &seen, &flaw), STATUS_INVALID);
    for (int bit = 0; bit < 8 * TICKET_SIGNATURE_BYTES; bit++) {
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw),
                         STATUS_INVALID);
        signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    memset(signature, 0, sizeof signature);
    assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw),
                     STATUS_INVALID);
    assert_int_equal(seen.count, 0);
    assert_int_equal(back->number, 0); // nothing was handed out
    free(bytes);
    free(back);
}

static void test_event_file__truncated_or_with_one_bit_flipped_is_refused(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    uint8_t signature[TICKET_SIGNATURE_BYTES];
    struct event_flaw flaw;
    struct seen seen = {0};
    size_t length;
    uint8_t *bytes = write_sample(&office->event, &length);

    event_file_sign(bytes, length, office->secret_key, signature);
    for (size_t i = 0; i < 200; i++) {
        size_t bit = i * 8 * length / 200 + i % 8;
        flaw.words[0] = '\0';
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw),
                         STATUS_INVALID);
        assert_true(flaw.words[0] != '\0');
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(
            event_file_decode(bytes, i * length / 200, signature, office->root_key, back, see, &seen, &flaw),
            STATUS_INVALID);
    }
    // Cut documents that someone signed all the same are no documents either.
    for (size_t cut = 0; cut + 2 < length; cut += 1 + length / 300)
        assert_int_equal(event_file_decode_unsigned(bytes, cut, back, see, &seen, &flaw), STATUS_INVALID);
    assert_int_equal(seen.count, 0);
    assert_int_equal(back->number, 0);
    free(bytes);
    free(back);
}

static void test_event_file__a_visitor_that_fails_ends_the_visit(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    struct seen seen = {.stop_after = 1};
    struct event_flaw flaw;
    size_t length;
    uint8_t *bytes = write_sample(&office->event, &length);

    assert_int_equal(event_file_decode_unsigned(bytes, length, back, see, &seen, &flaw), STATUS_LATER);
    assert_int_equal(seen.count, 1);
    free(bytes);
    free(back);
}

static void test_event_file__on_disk_is_a_pair(void **state)
{
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    uint8_t signature[TICKET_SIGNATURE_BYTES], signature_back[TICKET_SIGNATURE_BYTES];
    char folder[] = "/tmp/einlass-event-XXXXXX", path[64], signature_path[80];
    struct event_flaw flaw;
    size_t length, length_back;
    uint8_t *bytes = write_sample(&office->event, &length), *bytes_back;
    FILE *file;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/tour.event.json", folder);
    snprintf(signature_path, sizeof signature_path, "%s.sig", path);
    assert_int_equal(event_file_load(path, &bytes_back, &length_back, signature), STATUS_MISSING);
    event_file_explain(path, STATUS_MISSING, &flaw);
    assert_string_equal(flaw.words, "No such file or directory");
    assert_int_equal(event_file_save(path, bytes, length, office->secret_key), STATUS_OK);
    assert_int_equal(event_file_load(path, &bytes_back, &length_back, signature), STATUS_OK);
    assert_int_equal(length_back, length);
    assert_memory_equal(bytes_back, bytes, length);
    assert_int_equal(event_file_decode(bytes_back, length_back, signature, office->root_key, back, NULL, NULL, &flaw),
                     STATUS_OK);
    free(bytes_back);
    file = fopen(signature_path, "w"); // as a Windows editor leaves it
    for (size_t i = 0; i < sizeof signature; i++) fprintf(file, "%02X", signature[i]);
    fputs("\r\n", file);
    fclose(file);
    assert_int_equal(event_file_load(path, &bytes_back, &length_back, signature_back), STATUS_OK);
    assert_memory_equal(signature_back, signature, sizeof signature);
    free(bytes_back);
    file = fopen(signature_path, "w");
    fputs("00ff\n", file);
    fclose(file);
    assert_int_equal(event_file_load(path, &bytes_back, &length_back, signature), STATUS_INVALID);
    event_file_explain(path, STATUS_INVALID, &flaw);
    assert_string_equal(flaw.words, "no event file, or tour.event.json.sig holds no signature");
    unlink(signature_path);
    assert_int_equal(event_file_load(path, &bytes_back, &length_back, signature), STATUS_MISSING);
    event_file_explain(path, STATUS_MISSING, &flaw);
    assert_string_equal(flaw.words, "its signature is missing: copy tour.event.json.sig beside it");
    unlink(path);
    rmdir(folder);
    free(bytes);
    free(back);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void test_event_file__of_100000_guests_is_read(void **state)
{
    enum { GUEST_COUNT = 100000 };
    struct office *office = *state;
    struct event *back = calloc(1, sizeof *back);
    struct seen seen = {0};
    struct event_flaw flaw;
    struct event_writer *writer;
    uint8_t signature[TICKET_SIGNATURE_BYTES], *bytes;
    uint64_t sum = 0;
    size_t length;
    double start;

    assert_int_equal(event_writer_open(&office->event, &writer), STATUS_OK);
    for (uint32_t i = 1; i <= GUEST_COUNT; i++) {
        struct roster_entry entry = {.guest = {.class_id = 1, .group = 2, .person = i, .company = "Berufskolleg"}};
        entry.guest.ticket = UINT64_C(0x9E3779B97F4A) * i & UINT64_C(0xFFFFFFFFFFFF); // odd / 2: no two alike
        snprintf(entry.guest.name, sizeof entry.guest.name, "Jörg Müller-%06u", (unsigned)i);
        sum += entry.guest.ticket;
        assert_int_equal(event_writer_add(writer, &entry), STATUS_OK);
    }
    assert_int_equal(event_writer_finish(writer, &bytes, &length), STATUS_OK);
    event_writer_close(writer);
    event_file_sign(bytes, length, office->secret_key, signature);
    start = seconds();
    assert_int_equal(event_file_decode(bytes, length, signature, office->root_key, back, see, &seen, &flaw), STATUS_OK);
    print_message("decode of %d guests, %zu bytes: %.2f s of processor time\n", GUEST_COUNT, length, seconds() - start);
    assert_int_equal(seen.count, GUEST_COUNT);
    assert_true(seen.sum == sum);
    free(bytes);
    free(back);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_event_file__read_is_what_was_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__without_walk_ins_welcomes_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_writer__equal_content_gives_equal_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_writer__refuses_what_no_kiosk_would_accept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__of_another_key_or_signature_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__truncated_or_with_one_bit_flipped_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__a_visitor_that_fails_ends_the_visit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__on_disk_is_a_pair, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_event_file__of_100000_guests_is_read, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
