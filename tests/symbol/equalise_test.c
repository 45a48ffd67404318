#include "support/check.h"

#include "symbol/equalise.h"
#include "support/qr_symbol.h"

#include <string.h>

enum { SIDE = 37, MOST_ERRORS = 20, MODULE_PX = 5, LOW_PX = 100 };

struct setting {
    struct qr_symbol symbol;
    struct equaliser *equaliser;
    uint8_t modules[PATTERN_MAX_MODULES];
    uint8_t sharp[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX], pixels[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX];
};

static int setting_open(void **state)
{
    static struct setting setting;

    *state = &setting;
    qr_symbol_make(&(struct qr_kind){5, 1, 4, "held in by a quick hand"}, &setting.symbol);
    return equaliser_open(&setting.equaliser) == STATUS_OK ? 0 : -1;
}

static int setting_close(void **state)
{
    struct setting *setting = *state;

    equaliser_close(setting->equaliser);
    return 0;
}

// The mean of `length_px` pixels, along columns or rows, as a shutter that is open while the hand moves.
static void smear(struct setting *setting, int length_px, bool is_down)
{
    int step = is_down ? QR_PHOTO_WIDTH_PX : 1, reach = length_px / 2 * step;

    memset(setting->pixels, 0, sizeof setting->pixels);
    for (int i = reach; i < QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX - reach; i++) {
        int sum = 0;
        for (int k = -reach; k <= reach; k += step) sum += setting->sharp[i + k];
        setting->pixels[i] = (uint8_t)(sum / (length_px / 2 * 2 + 1));
    }
}

static struct grey_picture photograph(struct setting *setting, const struct qr_photo *photo, int length_px,
                                      bool is_down)
{
    struct grey_picture picture = qr_symbol_photograph(&setting->symbol, photo, setting->sharp);

    smear(setting, length_px, is_down);
    picture.pixels = setting->pixels;
    return picture;
}

static struct qr_photo straight_photo(bool is_inverted)
{
    const float low = LOW_PX, high = LOW_PX + SIDE * MODULE_PX;

    return (struct qr_photo){.plane =
                                 qr_photo_plane(SIDE, (float[]){low, high, high, low}, (float[]){low, low, high, high}),
                             .noise = 8,
                             .seed = 3,
                             .is_inverted = is_inverted};
}

static int count_errors(const struct setting *setting)
{
    int errors = 0;

    for (int i = 0; i < SIDE * SIDE; i++) errors += setting->modules[i] != setting->symbol.modules[i];
    return errors;
}

// 2.2 modules: the smear swallows every pattern of one dark and one light module.
static void test_equalise__tells_modules_smeared_over_two_of_them(void **state)
{
    struct setting *setting = *state;

    for (int way = 0; way < 4; way++) {
        bool is_down = way & 1;
        struct qr_photo photo = straight_photo(way & 2);
        struct grid grid = {.plane = photo.plane, .side = SIDE, .is_light = photo.is_inverted};
        struct grey_picture picture = photograph(setting, &photo, 2 * MODULE_PX + 1, is_down);
        assert_true(equaliser_train(setting->equaliser, &picture, &grid, is_down, setting->modules));
        int errors = count_errors(setting);
        pattern_stamp(setting->modules, SIDE, false, setting->symbol.format);
        equaliser_train_again(setting->equaliser, setting->modules);
        assert_true(count_errors(setting) <= errors);
        assert_true(count_errors(setting) <= MOST_ERRORS);
    }
}

static void test_equalise__refuses_what_is_no_symbol(void **state)
{
    struct setting *setting = *state;
    struct qr_photo photo = straight_photo(false);
    struct grid grid = {.side = SIDE};
    struct grey_picture picture = photograph(setting, &photo, 1, true);

    for (int away = 1; away <= 3; away++) { // the same grid, laid beside where it belongs
        const float low = LOW_PX + 7.5f * (float)(away * MODULE_PX), high = low + SIDE * MODULE_PX;
        grid.plane = qr_photo_plane(SIDE, (float[]){low, high, high, low}, (float[]){low, low, high, high});
        assert_false(equaliser_train(setting->equaliser, &picture, &grid, true, setting->modules));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equalise__tells_modules_smeared_over_two_of_them),
        cmocka_unit_test(test_equalise__refuses_what_is_no_symbol),
    };

    return cmocka_run_group_tests(tests, setting_open, setting_close);
}
