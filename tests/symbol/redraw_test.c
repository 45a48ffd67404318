#include "support/check.h"

#include "symbol/decoder.h"
#include "symbol/redraw.h"
#include "support/qr_symbol.h"

#include <malloc.h>

enum { MOST_VERSION = 15 };

struct setting {
    struct decoder *decoder;
    struct decoding decoding;
    uint8_t pixels[REDRAW_MAX_PIXELS];
    struct qr_symbol symbol;
};

static int setting_open(void **state)
{
    static struct setting setting;

    *state = &setting;
    return decoder_zbar_open(&setting.decoder) != STATUS_OK;
}

static int setting_close(void **state)
{
    struct setting *setting = *state;

    decoder_close(setting->decoder);
    return 0;
}

static void decode(struct setting *setting)
{
    struct grey_picture picture = redraw(setting->symbol.modules, setting->symbol.side, setting->pixels);

    setting->decoder->ops->decode(setting->decoder, &picture, &setting->decoding);
}

static void check_reads(struct setting *setting, const char *text)
{
    decode(setting);
    assert_int_equal(setting->decoding.count, 1);
    assert_int_equal(setting->decoding.symbols[0].length, strlen(text));
    assert_memory_equal(setting->decoding.symbols[0].text, text, strlen(text));
}

static void test_redraw__is_read_in_every_version_level_mask_and_way_round(void **state)
{
    struct setting *setting = *state;

    for (int version = 1; version <= MOST_VERSION; version++) {
        for (int level = 0; level < QR_SYMBOL_LEVELS; level++) {
            qr_symbol_make(&(struct qr_kind){version, level, 4, "door"}, &setting->symbol);
            for (int mask = 0; mask < QR_SYMBOL_MASKS; mask++) {
                qr_symbol_set_mask(&setting->symbol, mask);
                check_reads(setting, "door");
                qr_symbol_mirror(&setting->symbol);
                check_reads(setting, "door");
                qr_symbol_mirror(&setting->symbol);
            }
        }
    }
}

static void test_redraw__of_a_ticket_is_read(void **state)
{
    struct setting *setting = *state;
    char digits[203];

    for (unsigned i = 0; i < sizeof digits - 1; i++) digits[i] = (char)('0' + i * 7 % 10);
    digits[sizeof digits - 1] = '\0';
    qr_symbol_make(&(struct qr_kind){5, 1, 1, digits}, &setting->symbol);
    check_reads(setting, digits);
}

// Our corners: in the picture, in order around the symbol.
static void test_decoder__says_where_a_symbol_is(void **state)
{
    struct setting *setting = *state;
    float low = REDRAW_QUIET_MODULES * REDRAW_MODULE_PX, high = low + 25 * REDRAW_MODULE_PX;
    float around = 0;

    qr_symbol_make(&(struct qr_kind){2, 1, 4, "door"}, &setting->symbol);
    check_reads(setting, "door");
    const struct symbol *symbol = &setting->decoding.symbols[0];
    for (int i = 0; i < 4; i++) {
        int next = (i + 1) % 4;
        float x_off = symbol->x_px[i] < (low + high) / 2 ? symbol->x_px[i] - low : symbol->x_px[i] - high;
        float y_off = symbol->y_px[i] < (low + high) / 2 ? symbol->y_px[i] - low : symbol->y_px[i] - high;
        assert_true(x_off > -3 && x_off < 3 && y_off > -3 && y_off < 3);
        around += symbol->x_px[i] * symbol->y_px[next] - symbol->x_px[next] * symbol->y_px[i];
    }
    float least = (high - low) * (high - low); // half of twice the area: not crossed
    assert_true(around > least || around < -least);
}

static void test_decoder__reads_bytes_as_they_are(void **state)
{
    struct setting *setting = *state;
    const char *text = "M\xc3\xbcller \xe5\xa4\x9a";

    qr_symbol_make(&(struct qr_kind){2, 1, 4, text}, &setting->symbol);
    check_reads(setting, text);
}

static void test_decoder__leaves_out_parts_of_a_structured_append(void **state)
{
    struct setting *setting = *state;

    qr_symbol_make(&(struct qr_kind){2, 1, 3, "more than one symbol of this size can hold, so it comes in parts"},
                   &setting->symbol);
    decode(setting);
    assert_int_equal(setting->decoding.count, 0);
}

static void test_decoder__finds_nothing_on_a_blank_page_after_a_read(void **state)
{
    struct setting *setting = *state;
    struct grey_picture blank = {setting->pixels, 60, 60, 60};

    qr_symbol_make(&(struct qr_kind){2, 1, 4, "door"}, &setting->symbol);
    check_reads(setting, "door");
    memset(setting->pixels, 255, sizeof setting->pixels);
    setting->decoder->ops->decode(setting->decoder, &blank, &setting->decoding);
    assert_int_equal(setting->decoding.count, 0);
}

// zbar's scanner loses 370 bytes with each symbol it reads.
static void test_decoder__does_not_grow(void **state)
{
    struct setting *setting = *state;
    size_t before = 0;

    qr_symbol_make(&(struct qr_kind){2, 1, 4, "door"}, &setting->symbol);
    for (int i = 0; i < 1064; i++) {
        if (i == 64) before = mallinfo2().uordblks; // buffers have their size by now
        check_reads(setting, "door");
    }
    assert_true(mallinfo2().uordblks < before + 64 * 1024); // a thousand reads: 370 kB, if it were not made anew
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_redraw__is_read_in_every_version_level_mask_and_way_round),
        cmocka_unit_test(test_redraw__of_a_ticket_is_read),
        cmocka_unit_test(test_decoder__says_where_a_symbol_is),
        cmocka_unit_test(test_decoder__reads_bytes_as_they_are),
        cmocka_unit_test(test_decoder__leaves_out_parts_of_a_structured_append),
        cmocka_unit_test(test_decoder__finds_nothing_on_a_blank_page_after_a_read),
        cmocka_unit_test(test_decoder__does_not_grow),
    };
    return cmocka_run_group_tests(tests, setting_open, setting_close);
}
