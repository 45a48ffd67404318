#include "support/check.h"

#include "symbol/grid.h"
#include "symbol/third.h"
#include "support/qr_symbol.h"

#include <math.h>

// Pictures of symbols by known perspectives, searched by the real front end.
struct setting {
    struct threshold_room *room;
    struct threshold threshold;
    struct finders finders;
    struct triples triples;
    struct grids grids;
    struct qr_symbol symbol;
    struct grey_picture picture;
    uint8_t pixels[QR_PHOTO_WIDTH_PX * QR_PHOTO_HEIGHT_PX];
};

static int setting_open(void **state)
{
    static struct setting setting;

    *state = &setting;
    return threshold_room_open(&setting.room) != STATUS_OK;
}

static int setting_close(void **state)
{
    struct setting *setting = *state;

    threshold_room_close(setting->room);
    return 0;
}

static const struct {
    const char *name;
    float x_px[4], y_px[4]; // clockwise from the symbol's top left
} views[] = {
    {"straight", {120, 480, 480, 120}, {60, 60, 420, 420}},
    {"turned by 30 degrees", {210, 470, 320, 60}, {30, 180, 440, 290}},
    {"upside down", {500, 140, 140, 500}, {420, 420, 60, 60}},
    {"tilted to the right", {130, 460, 460, 130}, {50, 110, 370, 430}},
    {"tilted back", {180, 450, 520, 110}, {90, 90, 400, 400}},
    {"turned and tilted", {300, 520, 330, 110}, {40, 170, 440, 260}},
};
enum { VIEWS = sizeof views / sizeof views[0] };

static void photograph(struct setting *setting, int version, const struct qr_photo *photo)
{
    qr_symbol_make(&(struct qr_kind){version, 1, 4, "door"}, &setting->symbol);
    setting->picture = qr_symbol_photograph(&setting->symbol, photo, setting->pixels);
    threshold_make(&setting->picture, setting->room, &setting->threshold);
    finder_search(&setting->picture, &setting->threshold, 1, &setting->finders);
    triple_choose(&setting->finders, &setting->triples);
}

// A small symbol stands farther away: modules of more than 12 px are for smaller levels of a picture.
static struct qr_photo view_of(size_t view, int version)
{
    float share = version < 3 ? 0.6f : 1, x_px[4], y_px[4];

    for (int i = 0; i < 4; i++) {
        x_px[i] = 300 + share * (views[view].x_px[i] - 300);
        y_px[i] = 240 + share * (views[view].y_px[i] - 240);
    }
    return (struct qr_photo){.plane = qr_photo_plane(17 + 4 * version, x_px, y_px),
                             .blur_px = 1,
                             .noise = 12,
                             .seed = (unsigned)(version * VIEWS) + (unsigned)view};
}

// The farthest that a corner of any module is from where it should be, in modules.
static float error_of(const struct grid *found, const struct qr_photo *photo)
{
    const struct plane *true_one = &photo->plane;
    int side = found->side;
    float most = 0;

    for (int y = 0; y <= side; y++) {
        for (int x = 0; x <= side; x++) {
            float x_px, y_px, true_x_px, true_y_px, next_x_px, next_y_px;
            float true_x = qr_photo_bent(side, photo->bend_modules, (float)x);
            grid_map(found, (float)x, (float)y, &x_px, &y_px);
            plane_map(true_one, true_x, (float)y, &true_x_px, &true_y_px);
            plane_map(true_one, true_x + 0.7f, (float)y + 0.7f, &next_x_px, &next_y_px);
            float module_px = hypotf(next_x_px - true_x_px, next_y_px - true_y_px);
            most = fmaxf(most, hypotf(x_px - true_x_px, y_px - true_y_px) / module_px);
        }
    }
    return most;
}

static void check_grid(struct setting *setting, const struct qr_photo *photo, float most_error)
{
    int side = setting->symbol.side;
    struct grid best = {.fit = -1};

    for (size_t i = 0; i < setting->triples.count; i++) {
        grid_fit(&setting->picture, &setting->threshold, &setting->triples.list[i], &setting->grids);
        if (setting->grids.count > 0 && setting->grids.list[0].fit > best.fit) best = setting->grids.list[0];
    }
    float fit = best.fit;
    assert_true(fit >= GRID_LEAST_FIT);
    grid_climb(&setting->picture, &best);
    assert_true(best.fit > fit - 0.02f);
    assert_int_equal(best.side, side);
    assert_int_equal(best.is_light, photo->is_inverted);
    float error = error_of(&best, photo);
    if (error > most_error) print_error("side %d: %.2f modules off, fit %.2f\n", side, (double)error, (double)best.fit);
    assert_true(error <= most_error);
}

static void test_grid__is_within_a_tenth_of_a_module_of_a_known_perspective(void **state)
{
    for (size_t view = 0; view < VIEWS; view++) {
        for (int version = 1; version <= 15; version += version < 3 ? 1 : 4) {
            struct qr_photo photo = view_of(view, version);
            photograph(*state, version, &photo);
            check_grid(*state, &photo, 0.1f);
        }
    }
}

static void test_grid__fits_light_symbols_on_dark_too(void **state)
{
    for (size_t view = 0; view < VIEWS; view++) {
        struct qr_photo photo = view_of(view, 5);
        photo.is_inverted = true;
        photograph(*state, 5, &photo);
        check_grid(*state, &photo, 0.1f);
    }
}

static void test_grid__does_not_mind_swollen_ink_or_glare(void **state)
{
    for (int i = -1; i <= 1; i += 2) {
        for (size_t view = 0; view < VIEWS; view++) {
            struct qr_photo photo = view_of(view, 5);
            photo.swelling_modules = 0.15f * (float)i;
            photograph(*state, 5, &photo);
            check_grid(*state, &photo, 0.1f);
        }
    }
}

static void test_grid__bends_with_rolled_paper(void **state)
{
    for (int i = -1; i <= 1; i += 2) {
        for (int version = 3; version <= 7; version += 2) {
            struct qr_photo photo = view_of(version == 3 ? 0 : 1, version);
            photo.bend_modules = 1.5f * (float)i;
            photograph(*state, version, &photo);
            check_grid(*state, &photo, 0.25f);
        }
    }
}

static void test_grid__of_finders_that_belong_to_no_symbol_is_refused(void **state)
{
    struct setting *setting = *state;
    struct qr_photo photo = view_of(0, 5);

    photograph(setting, 5, &photo);
    struct triple wrong = setting->triples.list[0];
    wrong.below.x_px += 11 * wrong.below.module_px; // a place among the data
    wrong.below.y_px -= 9 * wrong.below.module_px;
    grid_fit(&setting->picture, &setting->threshold, &wrong, &setting->grids);
    assert_true(setting->grids.count == 0 || setting->grids.list[0].fit < GRID_LEAST_FIT);
}

// Takes a finder away by grey paint over half of it, so that no run of 1:1:3:1:1 is left.
static void paint_over(struct setting *setting, const struct plane *plane, float x, float y)
{
    float left_px, top_px, right_px, bottom_px;

    plane_map(plane, x - 3, y - 2.5f, &left_px, &top_px);
    plane_map(plane, x + 0.5f, y + 2.5f, &right_px, &bottom_px);
    for (int row = (int)fminf(top_px, bottom_px); row < (int)fmaxf(top_px, bottom_px); row++)
        for (int column = (int)fminf(left_px, right_px); column < (int)fmaxf(left_px, right_px); column++)
            setting->pixels[row * QR_PHOTO_WIDTH_PX + column] = 140;
}

static bool is_found(const struct setting *setting, const struct plane *plane, const float middle[2])
{
    float x_px, y_px;

    plane_map(plane, middle[0], middle[1], &x_px, &y_px);
    for (size_t i = 0; i < setting->finders.count; i++) {
        const struct finder *finder = &setting->finders.list[i];
        if (hypotf(finder->x_px - x_px, finder->y_px - y_px) < finder->module_px) return true;
    }
    return false;
}

static void test_third__finds_the_finder_that_is_damaged(void **state)
{
    struct setting *setting = *state;
    int lost = 0;

    for (int version = 2; version <= 10; version += 4) {
        float far = (float)(17 + 4 * version) - 3.5f;
        const float middles[3][2] = {{3.5f, 3.5f}, {far, 3.5f}, {3.5f, far}};
        for (int corner = 0; corner < 3; corner++) {
            struct qr_photo photo = view_of(0, version);
            photograph(setting, version, &photo);
            paint_over(setting, &photo.plane, middles[corner][0], middles[corner][1]);
            finder_search(&setting->picture, &setting->threshold, 1, &setting->finders);
            triple_choose(&setting->finders, &setting->triples);
            lost += !is_found(setting, &photo.plane, middles[corner]);
            third_search(&setting->picture, &setting->threshold, &setting->finders, &setting->triples);
            assert_true(setting->triples.count > 0);
            check_grid(setting, &photo, 0.3f);
        }
    }
    assert_int_equal(lost, 9);
}

static void test_third__has_nothing_to_say_about_one_finder(void **state)
{
    struct setting *setting = *state;
    struct qr_photo photo = view_of(0, 5);

    photograph(setting, 5, &photo);
    setting->finders.count = 1;
    third_search(&setting->picture, &setting->threshold, &setting->finders, &setting->triples);
    assert_int_equal(setting->triples.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grid__is_within_a_tenth_of_a_module_of_a_known_perspective),
        cmocka_unit_test(test_grid__fits_light_symbols_on_dark_too),
        cmocka_unit_test(test_grid__does_not_mind_swollen_ink_or_glare),
        cmocka_unit_test(test_grid__bends_with_rolled_paper),
        cmocka_unit_test(test_grid__of_finders_that_belong_to_no_symbol_is_refused),
        cmocka_unit_test(test_third__finds_the_finder_that_is_damaged),
        cmocka_unit_test(test_third__has_nothing_to_say_about_one_finder),
    };
    return cmocka_run_group_tests(tests, setting_open, setting_close);
}
