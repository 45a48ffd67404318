#include "support/check.h"

#include "base/text.h"
#include "http/certificate.h"
#include "support/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    struct folder folder;
    char base[128], key[140], certificate[140];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    assert_non_null(place);
    folder_make(&place->folder);
    folder_file(&place->folder, "server", place->base);
    snprintf(place->key, sizeof place->key, "%s.key.pem", place->base);
    snprintf(place->certificate, sizeof place->certificate, "%s.cert.pem", place->base);
    *state = place;
    return 0;
}

static int tear_down(void **state)
{
    struct place *place = *state;

    folder_remove(&place->folder);
    free(place);
    return 0;
}

static void read_pin(const struct place *place, uint8_t out[CERTIFICATE_PIN_BYTES])
{
    struct certificate *certificate = NULL;

    assert_int_equal(certificate_keep(place->base, &certificate), STATUS_OK);
    memcpy(out, certificate->pin, CERTIFICATE_PIN_BYTES);
    certificate_close(certificate);
}

static void ask_openssl(const char *format, const char *path, char *out, size_t size)
{
    char command[512];

    snprintf(command, sizeof command, format, path);
    FILE *answer = popen(command, "r");
    assert_non_null(answer);
    size_t length = fread(out, 1, size - 1, answer);
    out[length] = '\0';
    assert_int_equal(pclose(answer), 0);
}

static void test_certificate__is_made_once(void **state)
{
    struct place *place = *state;
    uint8_t first[CERTIFICATE_PIN_BYTES], second[CERTIFICATE_PIN_BYTES];
    struct stat facts;

    read_pin(place, first);
    assert_int_equal(stat(place->key, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    read_pin(place, second);
    assert_memory_equal(first, second, sizeof first);
}

static void test_certificate__is_made_again_for_a_key_that_is_there(void **state)
{
    struct place *place = *state;
    uint8_t first[CERTIFICATE_PIN_BYTES], second[CERTIFICATE_PIN_BYTES];

    read_pin(place, first);
    assert_int_equal(unlink(place->certificate), 0); // what a power cut between both leaves
    read_pin(place, second);
    assert_memory_equal(first, second, sizeof first);
}

// As others compute it: openssl(1).
static void test_certificate__has_the_pin_others_compute(void **state)
{
    struct place *place = *state;
    uint8_t pin[CERTIFICATE_PIN_BYTES];
    char hex[2 * CERTIFICATE_PIN_BYTES + 1], theirs[256];

    if (system("command -v openssl >/dev/null") != 0) skip();
    read_pin(place, pin);
    text_hex(pin, sizeof pin, hex);
    ask_openssl("openssl x509 -in %s -pubkey -noout | openssl pkey -pubin -outform der | sha256sum", place->certificate,
                theirs, sizeof theirs);
    assert_memory_equal(theirs, hex, sizeof hex - 1);
    ask_openssl("openssl x509 -in %s -noout -startdate -enddate", place->certificate, theirs, sizeof theirs);
    assert_string_equal(theirs, "notBefore=Jan  1 00:00:00 2020 GMT\nnotAfter=Jan  1 00:00:00 2040 GMT\n");
}

static void spoil(const char *path)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs("-----BEGIN CERTIFICATE-----\nno such thing\n-----END CERTIFICATE-----\n", file);
    fclose(file);
}

static void test_certificate__is_refused_if_it_is_none(void **state)
{
    struct place *place = *state;
    struct certificate *certificate = NULL;
    uint8_t pin[CERTIFICATE_PIN_BYTES];

    read_pin(place, pin);
    spoil(place->certificate);
    assert_int_equal(certificate_keep(place->base, &certificate), STATUS_INVALID);
    assert_int_equal(unlink(place->certificate), 0);
    read_pin(place, pin);
    spoil(place->key);
    assert_int_equal(certificate_keep(place->base, &certificate), STATUS_INVALID);
    assert_null(certificate);
}

static void test_certificate__belongs_to_its_key(void **state)
{
    struct place *place = *state;
    struct certificate *certificate = NULL;
    char other[128], other_key[140];
    uint8_t pin[CERTIFICATE_PIN_BYTES];

    read_pin(place, pin);
    folder_file(&place->folder, "other", other);
    snprintf(other_key, sizeof other_key, "%s.key.pem", other);
    assert_int_equal(certificate_keep(other, &certificate), STATUS_OK);
    assert_memory_not_equal(certificate->pin, pin, sizeof pin);
    certificate_close(certificate);
    certificate = NULL;
    assert_int_equal(certificate_load(other_key, place->certificate, &certificate), STATUS_INVALID);
    assert_int_equal(certificate_load(place->key, place->certificate, &certificate), STATUS_OK);
    assert_memory_equal(certificate->pin, pin, sizeof pin);
    certificate_close(certificate);
}

static void test_certificate__says_what_is_missing(void **state)
{
    struct place *place = *state;
    struct certificate *certificate = NULL;

    assert_int_equal(certificate_load(place->key, place->certificate, &certificate), STATUS_MISSING);
    assert_int_equal(certificate_keep("/nowhere/server", &certificate), STATUS_MISSING);
    assert_null(certificate);
    certificate_close(NULL);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_certificate__is_made_once),
        TEST(test_certificate__is_made_again_for_a_key_that_is_there),
        TEST(test_certificate__has_the_pin_others_compute),
        TEST(test_certificate__is_refused_if_it_is_none),
        TEST(test_certificate__belongs_to_its_key),
        TEST(test_certificate__says_what_is_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
