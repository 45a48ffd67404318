// What crosses from the reading process: all that an honest reader says, and nothing that it can't have said.
#include "support/check.h"

#include "base/mem.h"
#include "code/booth.h"

#include <math.h>
#include <stdlib.h>

struct side {
    struct booth_reading packed;
    struct reading before, after;
};

static int set_up(void **state)
{
    struct side *side = mem_zero(sizeof *side);
    struct reading *said = &side->before;

    said->count = READER_MAX_CODES;
    said->is_exhausted = said->has_passed = true;
    said->hint = HINT_COUNT - 1;
    for (size_t i = 0; i < said->count; i++) {
        said->codes[i].length = i == 1 ? 0 : i == 2 ? CODE_MAX_BYTES : 10 + i;
        memset(said->codes[i].text, (int)('a' + i), said->codes[i].length);
        for (int corner = 0; corner < 4; corner++) {
            said->sightings[i].x[corner] = 0.25F * (float)corner;
            said->sightings[i].y[corner] = 1 - 0.2F * (float)i;
        }
    }
    booth_pack(said, &side->packed);
    *state = side;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

static void test_booth__what_was_read_arrives(void **state)
{
    struct side *side = *state;
    const struct reading *said = &side->before, *heard = &side->after;

    assert_int_equal(booth_unpack(&side->packed, 4711, &side->after), STATUS_OK);
    assert_int_equal(heard->count, said->count);
    assert_true(heard->is_exhausted && heard->has_passed);
    assert_int_equal(heard->hint, said->hint);
    for (size_t i = 0; i < said->count; i++) {
        assert_int_equal(heard->codes[i].via, CODE_VIA_CAMERA);
        assert_int_equal(heard->codes[i].mono_ms, 4711);
        assert_int_equal(heard->sightings[i].mono_ms, 4711);
        assert_int_equal(heard->codes[i].length, said->codes[i].length);
        assert_memory_equal(heard->codes[i].text, said->codes[i].text, said->codes[i].length);
        assert_memory_equal(heard->sightings[i].x, said->sightings[i].x, sizeof said->sightings[i].x);
        assert_memory_equal(heard->sightings[i].y, said->sightings[i].y, sizeof said->sightings[i].y);
    }
}

// Nothing of a bad reading is taken, not even its good part.
static void assert_refused(struct side *side)
{
    const struct reading untouched = side->after;

    assert_int_equal(booth_unpack(&side->packed, 0, &side->after), STATUS_INVALID);
    assert_memory_equal(&side->after, &untouched, sizeof untouched);
    booth_pack(&side->before, &side->packed);
    assert_int_equal(booth_unpack(&side->packed, 0, &(struct reading){0}), STATUS_OK);
}

static void test_booth__what_no_reader_says_is_refused(void **state)
{
    const float nowhere[] = {NAN, -NAN, INFINITY, -INFINITY, 1e30F, -1e30F, 2.5F, -1.5F};
    const uint32_t counts[] = {READER_MAX_CODES + 1, 0x80000000, UINT32_MAX};
    struct side *side = *state;

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        side->packed.count = counts[i];
        assert_refused(side);
    }
    for (uint32_t i = 0; i < READER_MAX_CODES; i++) {
        side->packed.codes[i].length = CODE_MAX_BYTES + 1;
        assert_refused(side);
        side->packed.codes[i].length = UINT32_MAX;
        assert_refused(side);
    }
    for (size_t i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        side->packed.codes[i % READER_MAX_CODES].x[i % 4] = nowhere[i];
        assert_refused(side);
        side->packed.codes[i % READER_MAX_CODES].y[(i + 1) % 4] = nowhere[i];
        assert_refused(side);
    }
    side->packed.hint = HINT_COUNT;
    assert_refused(side);
    side->packed.is_exhausted = 2;
    assert_refused(side);
    side->packed.has_passed = 2;
    assert_refused(side);
}

// What lies behind the codes that count is never looked at.
static void test_booth__codes_that_do_not_count_may_be_anything(void **state)
{
    struct side *side = *state;

    memset(&side->packed.codes[1], 0xFF, 3 * sizeof side->packed.codes[1]);
    side->packed.count = 1;
    assert_int_equal(booth_unpack(&side->packed, 0, &side->after), STATUS_OK);
    assert_int_equal(side->after.count, 1);
}

// Random bytes, most of whose counts are made small so that they get far: refused, or within bounds.
static void test_booth__random_bytes_do_no_harm(void **state)
{
    struct side *side = *state;
    uint32_t random = 1;
    int taken = 0;

    for (int round = 0; round < 3000; round++) {
        uint8_t *bytes = (uint8_t *)&side->packed;
        for (size_t i = 0; i < sizeof side->packed; i += 1 + random % 64) {
            random = random * 1664525U + 1013904223U;
            bytes[i] = (uint8_t)(random >> 24);
        }
        side->packed.count = random >> 8 & 7;
        side->packed.is_exhausted = random >> 12 & 1;
        side->packed.hint = random >> 16 & 3;
        for (int i = 0; i < READER_MAX_CODES; i++) side->packed.codes[i].length %= 2 * CODE_MAX_BYTES;
        if (booth_unpack(&side->packed, 0, &side->after) != STATUS_OK) continue;
        taken++;
        assert_in_range(side->after.count, 0, READER_MAX_CODES);
        for (size_t i = 0; i < side->after.count; i++) {
            assert_in_range(side->after.codes[i].length, 0, CODE_MAX_BYTES);
            assert_true(isfinite(side->after.sightings[i].x[0]));
        }
    }
    assert_in_range(taken, 1, 2999);
}

#define WITH_READING(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_READING(test_booth__what_was_read_arrives),
        WITH_READING(test_booth__what_no_reader_says_is_refused),
        WITH_READING(test_booth__codes_that_do_not_count_may_be_anything),
        WITH_READING(test_booth__random_bytes_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
