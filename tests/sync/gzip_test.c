#include "support/check.h"

#include "support/scribe.h"

#include <stdlib.h>

static void come_back(const void *bytes, size_t length, size_t most)
{
    uint8_t *packed = NULL, *unpacked = NULL;
    size_t packed_length, unpacked_length;

    assert_int_equal(wire_gzip(bytes, length, &packed, &packed_length), STATUS_OK);
    assert_int_equal(wire_gunzip(packed, packed_length, most, &unpacked, &unpacked_length), STATUS_OK);
    assert_int_equal(unpacked_length, length);
    assert_memory_equal(unpacked, bytes, length);
    assert_int_equal(unpacked[length], 0);
    free(packed);
    free(unpacked);
}

static void test_gzip__comes_back_as_it_was(void **state)
{
    static const size_t lengths[] = {0, 1, 4093, 4094, 4095, 4096, 4097, 8190, 100000, OUTBOX_MOST_BYTES};
    uint8_t *bytes = calloc(1, OUTBOX_MOST_BYTES);

    (void)state;
    assert_non_null(bytes);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        come_back(bytes, lengths[i], lengths[i]); // exactly as much as is allowed
        for (size_t at = 0; at < lengths[i]; at++) bytes[at] = (uint8_t)(at * 2654435761u >> 13); // hard to pack
        come_back(bytes, lengths[i], lengths[i] + 1);
    }
    free(bytes);
}

static void test_gzip__makes_a_batch_a_sixth(void **state)
{
    struct scribe *scribe = scribe_open(1);
    char *batch = malloc(SCRIBE_BATCH_SIZE);
    uint8_t *packed = NULL;
    size_t length, packed_length;

    (void)state;
    assert_non_null(batch);
    scribe_write(scribe, 500);
    length = scribe_batch(scribe, 1, 500, batch);
    assert_int_equal(wire_gzip(batch, length, &packed, &packed_length), STATUS_OK);
    assert_true(packed_length * 6 < length);
    free(packed);
    free(batch);
    free(scribe);
}

static void test_gunzip__refuses_a_bomb(void **state)
{
    enum { LARGE = 64 * 1024 * 1024 };
    uint8_t *zeros = calloc(1, LARGE), *packed = NULL, *unpacked = NULL;
    size_t packed_length, length;

    (void)state;
    assert_non_null(zeros);
    assert_int_equal(wire_gzip(zeros, LARGE, &packed, &packed_length), STATUS_OK);
    assert_true(packed_length < LARGE / 500);
    assert_int_equal(wire_gunzip(packed, packed_length, OUTBOX_MOST_BYTES, &unpacked, &length), STATUS_INVALID);
    assert_int_equal(wire_gunzip(packed, packed_length, LARGE - 1, &unpacked, &length), STATUS_INVALID);
    assert_null(unpacked);
    free(packed);
    free(zeros);
}

static void test_gunzip__refuses_what_is_damaged(void **state)
{
    static const char text[] = "what was sent, what was sent, what was sent";
    uint8_t *packed = NULL, *unpacked = NULL;
    size_t packed_length, length;

    (void)state;
    assert_int_equal(wire_gzip(text, sizeof text, &packed, &packed_length), STATUS_OK);
    for (size_t cut = 0; cut < packed_length; cut++)
        assert_int_equal(wire_gunzip(packed, cut, 1000, &unpacked, &length), STATUS_INVALID);
    for (size_t at = packed_length - 8; at < packed_length; at++) { // check and length
        packed[at] ^= 0x10;
        assert_int_equal(wire_gunzip(packed, packed_length, 1000, &unpacked, &length), STATUS_INVALID);
        packed[at] ^= 0x10;
    }
    assert_int_equal(wire_gunzip(text, sizeof text, 1000, &unpacked, &length), STATUS_INVALID);
    free(packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gzip__comes_back_as_it_was),
        cmocka_unit_test(test_gzip__makes_a_batch_a_sixth),
        cmocka_unit_test(test_gunzip__refuses_a_bomb),
        cmocka_unit_test(test_gunzip__refuses_what_is_damaged),
    };

    return cmocka_run_group_tests_name("gzip", tests, NULL, NULL);
}
