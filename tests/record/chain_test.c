#include "support/check.h"

#include "base/text.h"
#include "record/chain.h"

// Computed with Python's hashlib: log = 00 01 … 0f, device key = 80 81 … 9f.
//   h = sha256(b"einlass-log/1" + log + key).digest()
//   h = sha256(h + struct.pack(">Q", seq) + line).digest()    for each line below
static const char begin_hex[] = "fd07a9a3035e4bff452295125c2d4843ade3df418e1e301ec59bbb593a25fedd";
static const struct {
    uint64_t seq;
    const char *line, *hex;
} steps[] = {
    {1, "{\"seq\":1,\"kind\":\"boot\"}", "7cab155decb108c299a144a4f612431e9fc4e1a6a8fa82e91ea7572761a20ef2"},
    {2, "", "b0d68e437ca2961c8709b823de38a34f9d87511a9df50a3dab8d1cd69ccbd4c4"},
    {UINT64_C(0x0102030405060708), "{\"gate\":\"Süd\"}",
     "e630a026c5368134ddde369d34da75c468a239236a58efc1c378a4289d110f05"},
};

static void begin(uint8_t hash[CHAIN_HASH_BYTES])
{
    uint8_t log[LOG_ID_BYTES], key[DEVICE_KEY_BYTES];

    for (uint8_t i = 0; i < sizeof log; i++) log[i] = i;
    for (uint8_t i = 0; i < sizeof key; i++) key[i] = (uint8_t)(0x80 + i);
    chain_begin(log, key, hash);
}

static void test_chain__equals_what_another_implementation_computed(void **state)
{
    uint8_t hash[CHAIN_HASH_BYTES];
    char hex[2 * CHAIN_HASH_BYTES + 1];

    (void)state;
    begin(hash);
    text_hex(hash, sizeof hash, hex);
    assert_string_equal(hex, begin_hex);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        chain_add(hash, steps[i].seq, steps[i].line, strlen(steps[i].line));
        text_hex(hash, sizeof hash, hex);
        assert_string_equal(hex, steps[i].hex);
    }
}

static void test_chain__changes_with_every_part(void **state)
{
    uint8_t right[CHAIN_HASH_BYTES], other[CHAIN_HASH_BYTES];
    const uint8_t log[LOG_ID_BYTES] = {1}, key[DEVICE_KEY_BYTES] = {2};

    (void)state;
    begin(right);
    chain_begin(log, key, other);
    assert_memory_not_equal(right, other, sizeof right);

    begin(other);
    chain_add(right, 1, "a", 1);
    chain_add(other, 2, "a", 1);
    assert_memory_not_equal(right, other, sizeof right);

    begin(other);
    chain_add(other, 1, "b", 1);
    assert_memory_not_equal(right, other, sizeof right);

    begin(other);
    chain_add(other, 1, "a", 0);
    assert_memory_not_equal(right, other, sizeof right);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_chain__equals_what_another_implementation_computed),
        cmocka_unit_test(test_chain__changes_with_every_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
