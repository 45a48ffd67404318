#include "support/check.h"

#include "base/file.h"
#include "support/folder.h"
#include "sync/pairing.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static struct pairing_offer offer_of(const char *url)
{
    struct pairing_offer offer = {.code = "7K3M9-QX2VD", .is_pinned = true};

    strcpy(offer.url, url);
    for (uint8_t i = 0; i < PAIRING_PIN_BYTES; i++) offer.pin[i] = (uint8_t)(i * 17 + 1);
    return offer;
}

static void assert_same(const struct pairing_offer *read, const struct pairing_offer *written)
{
    assert_string_equal(read->url, written->url);
    assert_string_equal(read->code, written->code);
    assert_int_equal(read->is_pinned, written->is_pinned);
    assert_memory_equal(read->pin, written->pin, PAIRING_PIN_BYTES);
}

static void test_offer__comes_back_as_it_was_written(void **state)
{
    static const char *const urls[] = {"https://192.168.1.10:8443", "https://office.heimvorteil.example",
                                       "https://[fe80::1]:8443",    "http://127.0.0.1:8080",
                                       "http://localhost:1",        "http://[::1]:65535"};
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        struct pairing_offer offer = offer_of(urls[i]), read;
        assert_int_equal(pairing_write_offer(&offer, text), STATUS_OK);
        assert_true(pairing_is_offer(text, strlen(text)));
        assert_int_equal(pairing_read_offer(text, strlen(text), &read), STATUS_OK);
        assert_same(&read, &offer);
        offer.is_pinned = false;
        memset(offer.pin, 0, sizeof offer.pin);
        assert_int_equal(pairing_write_offer(&offer, text), STATUS_OK);
        assert_int_equal(pairing_read_offer(text, strlen(text), &read), STATUS_OK);
        assert_same(&read, &offer);
    }
}

static void test_offer__fits_the_alphanumeric_mode_of_qr(void **state)
{
    struct pairing_offer offer = offer_of("https://office.heimvorteil.example:8443");
    char text[PAIRING_TEXT_SIZE];

    (void)state;
    assert_int_equal(pairing_write_offer(&offer, text), STATUS_OK);
    assert_int_equal(strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"), strlen(text));
}

static void test_offer__is_read_as_people_type_it(void **state)
{
    static const char *const typed[] = {
        "einlass-pair/1 https://192.168.1.10:8443 7k3m9-qx2vd 04hj6-9h5ay sx5fv8k5rv29bkqr",
        "  EINLASS-PAIR/1\nHTTPS://192.168.1.10:8443/\n7K3M9QX2VD\n04HJ 69H5 AYSX 5FV8 K5RV 29BK QR\r\n",
        "EINLASS-PAIR/1   https://192.168.1.10:8443   7K3M9 QX2VD o4hj6-9h5ay-sx5fv-8k5rv-29bkq-r",
    };
    char pin[PAIRING_PIN_SIZE];
    struct pairing_offer read,
        expected = {.url = "https://192.168.1.10:8443", .code = "7K3M9-QX2VD", .is_pinned = true};

    (void)state;
    assert_int_equal(pairing_read_pin("04HJ69H5AYSX5FV8K5RV29BKQR", expected.pin), STATUS_OK);
    pairing_write_pin(expected.pin, pin);
    assert_string_equal(pin, "04HJ69H5AYSX5FV8K5RV29BKQR");
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        assert_int_equal(pairing_read_offer(typed[i], strlen(typed[i]), &read), STATUS_OK);
        assert_same(&read, &expected);
    }
}

static void test_offer__that_is_not_whole_is_refused(void **state)
{
    static const char rest[] = "7K3M9-QX2VD 04HJ69H5AYSX5FV8K5RV29BKQR";
    static const char *const wrong_urls[] = {"https://",
                                             "ftp://a",
                                             "https://a:0",
                                             "https://a:65536",
                                             "https://a:",
                                             "https://a/path",
                                             "https://a?b",
                                             "https://u@a",
                                             "http://192.168.1.10",
                                             "http://127.evil.example",
                                             "http://localhost.evil.example",
                                             "https://[::1",
                                             "https://a:443:443",
                                             "https://a%20b",
                                             "http://1270.0.0.1"};
    static const char *const wrong[] = {
        "EINLASS-PAIR/1",
        "EINLASS-PAIR/2 HTTPS://A 7K3M9-QX2VD CA",
        "EINLASS-PAIR/12 HTTPS://A 7K3M9-QX2VD CA",
        "EINLASS-PAIR/ 1 HTTPS://A 7K3M9-QX2VD CA",
        "EINLASS-PAIR/1 HTTPS://A",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2V CA",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VD",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VU CA",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VD CB",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VD 04HJ69H5AYSX5FV8K5RV29BKQ",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VD 04HJ69H5AYSX5FV8K5RV29BKQRR",
        "EINLASS-PAIR/1 HTTPS://A 7K3M9-QX2VD 04HJ69H5AYSX5FV8K5RV29BKQZ", // bits behind the last byte
        "EINLASS-PAIR/1 HTTPS://\xff 7K3M9-QX2VD CA",
    };
    struct pairing_offer read;
    char text[256];

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_true(pairing_is_offer(wrong[i], strlen(wrong[i])));
        assert_int_equal(pairing_read_offer(wrong[i], strlen(wrong[i]), &read), STATUS_INVALID);
    }
    for (size_t i = 0; i < sizeof wrong_urls / sizeof *wrong_urls; i++) {
        snprintf(text, sizeof text, "EINLASS-PAIR/1 %s %s", wrong_urls[i], rest);
        assert_int_equal(pairing_read_offer(text, strlen(text), &read), STATUS_INVALID);
    }
}

static void test_offer__is_told_from_tickets(void **state)
{
    (void)state;
    assert_false(pairing_is_offer("", 0));
    assert_false(pairing_is_offer("12345678901234567", 17));
    assert_false(pairing_is_offer("EINLASS-PAIR", 12));
    assert_false(pairing_is_offer("https://192.168.1.10", 20));
}

static void test_code__is_printed_in_one_way(void **state)
{
    static const uint8_t zeros[PAIRING_CODE_BYTES], ones[PAIRING_CODE_BYTES] = {255, 255, 255, 255, 255, 255, 255};
    char code[PAIRING_CODE_SIZE];

    (void)state;
    pairing_write_code(zeros, code);
    assert_string_equal(code, "00000-00000");
    pairing_write_code(ones, code);
    assert_string_equal(code, "ZZZZZ-ZZZZZ");
    assert_int_equal(pairing_read_code("il ooo-abc de", code), STATUS_OK);
    assert_string_equal(code, "11000-ABCDE");
    assert_int_equal(pairing_read_code("il ooo-abc d", code), STATUS_INVALID);
    assert_int_equal(pairing_read_code("il ooo-abc def", code), STATUS_INVALID);
    assert_int_equal(pairing_read_code("", code), STATUS_INVALID);
}

static void test_file__keeps_a_pairing_to_its_owner(void **state)
{
    struct pairing pairing = {.url = "https://192.168.1.10:8443",
                              .is_pinned = true,
                              .token = "abcDEF_-0123456789abcDEF_-0123456789abcDEFG",
                              .device = "Tor \"Süd\"",
                              .event = 7,
                              .organisation_name = "Heimvorteil",
                              .event_etag = "\"5-ab\"",
                              .acked_log = {1, 2},
                              .acked_seq = 17,
                              .acked_walk_in = 5},
                   read;
    struct folder folder;
    struct stat facts;
    char path[128];

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "pairing.json", path);
    assert_int_equal(pairing_load(path, &read), STATUS_MISSING);
    memset(pairing.pin, 3, sizeof pairing.pin);
    memset(pairing.organisation, 5, sizeof pairing.organisation);
    memset(pairing.root_key, 6, sizeof pairing.root_key);
    for (int i = 0; i < 2; i++) {
        pairing.is_revoked = i > 0;
        assert_int_equal(pairing_save(path, &pairing), STATUS_OK);
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 0777, 0600);
        assert_int_equal(pairing_load(path, &read), STATUS_OK);
        assert_string_equal(read.url, pairing.url);
        assert_true(read.is_pinned);
        assert_memory_equal(read.pin, pairing.pin, sizeof read.pin);
        assert_string_equal(read.token, pairing.token);
        assert_string_equal(read.device, pairing.device);
        assert_int_equal(read.event, 7);
        assert_memory_equal(read.organisation, pairing.organisation, sizeof read.organisation);
        assert_memory_equal(read.root_key, pairing.root_key, sizeof read.root_key);
        assert_string_equal(read.organisation_name, "Heimvorteil");
        assert_int_equal(read.acked_seq, 17);
        assert_int_equal(read.acked_walk_in, 5);
        assert_memory_equal(read.acked_log, pairing.acked_log, sizeof read.acked_log);
        assert_string_equal(read.event_etag, pairing.event_etag);
        assert_int_equal(read.is_revoked, pairing.is_revoked);
    }
    folder_remove(&folder);
}

static void test_file__that_is_damaged_is_named_and_left(void **state)
{
    struct pairing pairing = {.url = "https://a", .token = "t", .device = "d"}, read = {.event = 9};
    struct folder folder;
    uint8_t *bytes, *again;
    size_t length, again_length;
    char path[128];

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "pairing.json", path);
    assert_int_equal(pairing_save(path, &pairing), STATUS_OK);
    assert_int_equal(file_read(path, 10000, &bytes, &length), STATUS_OK);
    for (size_t cut = 0; cut < length - 1; cut += 7) {
        assert_int_equal(file_write(path, bytes, cut, 0600), STATUS_OK);
        assert_int_equal(pairing_load(path, &read), STATUS_INVALID);
        assert_int_equal(file_read(path, 10000, &again, &again_length), STATUS_OK);
        assert_int_equal(again_length, cut);
        free(again);
    }
    assert_int_equal(read.event, 9);
    strcpy(pairing.url, "http://192.168.1.10"); // somebody changed it by hand
    assert_int_equal(pairing_save(path, &pairing), STATUS_OK);
    assert_int_equal(pairing_load(path, &read), STATUS_INVALID);
    free(bytes);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_offer__comes_back_as_it_was_written),
        cmocka_unit_test(test_offer__fits_the_alphanumeric_mode_of_qr),
        cmocka_unit_test(test_offer__is_read_as_people_type_it),
        cmocka_unit_test(test_offer__that_is_not_whole_is_refused),
        cmocka_unit_test(test_offer__is_told_from_tickets),
        cmocka_unit_test(test_code__is_printed_in_one_way),
        cmocka_unit_test(test_file__keeps_a_pairing_to_its_owner),
        cmocka_unit_test(test_file__that_is_damaged_is_named_and_left),
    };

    return cmocka_run_group_tests_name("pairing", tests, NULL, NULL);
}
