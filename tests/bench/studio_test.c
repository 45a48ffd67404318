// The studio's pictures show what their recipes say: the same for the same seed, the symbol where its corners are, its
// text readable, each fault visible.
#include "support/check.h"

#include "base/mem.h"
#include "code/reader.h"
#include "support/studio/hostile.h"
#include "support/studio/studio.h"

#include <math.h>
#include <stdlib.h>

enum { WIDTH_PX = 320, HEIGHT_PX = 240, SEEDS = 3, STILL_FRAMES = 12 };

struct stand {
    struct studio *studio;
    struct studio_recipe recipe;
    struct frame frame;
    struct reader *reader;
    struct reading reading;
};

static int set_up(void **state)
{
    struct stand *stand = mem_zero(sizeof *stand);
    struct reader_config config = {.clock = clock_system(), .budget_ms = 10000};

    studio_open(WIDTH_PX, HEIGHT_PX, &stand->studio);
    assert_int_equal(reader_local_open(&config, &stand->reader), STATUS_OK);
    *state = stand;
    return 0;
}

static int tear_down(void **state)
{
    struct stand *stand = *state;

    studio_close(stand->studio);
    reader_close(stand->reader);
    free(stand);
    return 0;
}

static uint64_t take(struct stand *stand, uint64_t seed, enum studio_fault fault)
{
    studio_recipe(seed, fault, WIDTH_PX, HEIGHT_PX, &stand->recipe);
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    return stand->frame.digest;
}

static bool is_read(struct stand *stand)
{
    const char *text = stand->recipe.card.symbol.text;

    for (int i = 0; i < STILL_FRAMES; i++) {
        stand->reader->ops->read(stand->reader, &stand->frame, &stand->reading);
        for (size_t k = 0; k < stand->reading.count; k++) {
            const struct code *code = &stand->reading.codes[k];
            if (code->length == strlen(text) && memcmp(code->text, text, code->length) == 0) return true;
        }
    }
    return false;
}

static void test_studio__makes_the_same_picture_of_the_same_seed(void **state)
{
    struct stand *stand = *state;

    for (enum studio_fault fault = 0; fault < STUDIO_FAULT_COUNT; fault++) {
        uint64_t first = take(stand, 1, fault);
        assert_true(take(stand, 1, fault) == first);
    }
    assert_true(take(stand, 1, STUDIO_FAULT_CLEAN) != take(stand, 2, STUDIO_FAULT_CLEAN));
}

// The picture's grey so many modules inside of a corner (negative: outside), going along both sides that meet there.
static double near_corner(const struct stand *stand, int corner, double modules)
{
    double x_px[4], y_px[4], share = modules / stand->recipe.card.symbol.side;
    int next = (corner + 1) % 4, last = (corner + 3) % 4;

    studio_corners(&stand->recipe, x_px, y_px);
    double x = x_px[corner] + share * (x_px[next] + x_px[last] - 2 * x_px[corner]);
    double y = y_px[corner] + share * (y_px[next] + y_px[last] - 2 * y_px[corner]);
    int column = (int)lround(x), row = (int)lround(y);
    assert_true(column >= 0 && row >= 0 && column < WIDTH_PX && row < HEIGHT_PX);
    return stand->frame.pixels[row * WIDTH_PX + column];
}

// Finder patterns stand in all corners but the bottom right: dark rim, light ring, dark middle, light quiet zone.
static void test_studio__says_where_the_corners_are(void **state)
{
    static const enum studio_fault faults[] = {STUDIO_FAULT_CLEAN,  STUDIO_FAULT_TURNED,   STUDIO_FAULT_TILTED,
                                               STUDIO_FAULT_SIZE60, STUDIO_FAULT_INVERTED, STUDIO_FAULT_CURL};
    struct stand *stand = *state;

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            studio_recipe(seed, faults[i], WIDTH_PX, HEIGHT_PX, &stand->recipe);
            double scale = 0.58 * HEIGHT_PX / stand->recipe.pose.side_px; // large enough to look at single modules
            stand->recipe.pose.side_px *= scale;
            stand->recipe.pose.x_px = WIDTH_PX / 2.0;
            stand->recipe.pose.y_px = HEIGHT_PX / 2.0;
            stand->recipe.light.noise = 0;
            studio_take(stand->studio, &stand->recipe, &stand->frame);
            const struct card *card = &stand->recipe.card;
            double middle = (card->dark + card->light) / 2;
            for (int corner = 0; corner < 4; corner++) {
                double sign = card->is_inverted ? -1 : 1;
                assert_true(sign * (near_corner(stand, corner, -1) - middle) > 0);
                if (corner == 2) continue;
                assert_true(sign * (near_corner(stand, corner, 0.5) - middle) < 0);
                assert_true(sign * (near_corner(stand, corner, 1.5) - middle) > 0);
                assert_true(sign * (near_corner(stand, corner, 3.5) - middle) < 0);
            }
        }
    }
}

static void test_studio__prints_codes_that_are_read(void **state)
{
    struct stand *stand = *state;

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        studio_recipe(seed, STUDIO_FAULT_CLEAN, WIDTH_PX, HEIGHT_PX, &stand->recipe);
        stand->recipe.pose.side_px = 0.8 * HEIGHT_PX;
        stand->recipe.pose.x_px = WIDTH_PX / 2.0;
        stand->recipe.pose.y_px = HEIGHT_PX / 2.0;
        studio_take(stand->studio, &stand->recipe, &stand->frame);
        assert_true(is_read(stand));
    }
}

static double mean(const struct frame *frame)
{
    double sum = 0;

    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) sum += frame->pixels[i];
    return sum / (WIDTH_PX * HEIGHT_PX);
}

// How much neighbours differ: noise adds to it, blur takes it away.
static double roughness(const struct frame *frame)
{
    double sum = 0;

    for (int i = 1; i < WIDTH_PX * HEIGHT_PX; i++) sum += abs(frame->pixels[i] - frame->pixels[i - 1]);
    return sum / (WIDTH_PX * HEIGHT_PX);
}

static void test_studio__faults_are_seen(void **state)
{
    struct stand *stand = *state;
    struct studio_light *light = &stand->recipe.light;

    studio_recipe(3, STUDIO_FAULT_SCREEN, WIDTH_PX, HEIGHT_PX, &stand->recipe);
    struct studio_light plain = *light;
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    double bright = mean(&stand->frame), rough = roughness(&stand->frame);
    light->gain = 2;
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    assert_true(mean(&stand->frame) > 1.2 * bright);
    *light = plain;
    light->noise = 25;
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    assert_true(roughness(&stand->frame) > 2 * rough);
    *light = plain;
    light->motion_px = 10;
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    double moved = roughness(&stand->frame);
    assert_true(moved < rough);
    *light = plain;
    light->defocus_px = 6;
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    assert_true(roughness(&stand->frame) < rough);
    assert_true(fabs(mean(&stand->frame) - bright) < 2); // light is spread, not lost
    *light = plain;
    light->has_shadow = true;
    light->shadow = (struct canvas_shadow){WIDTH_PX / 2.0, 0, 0, 5, 0.3, 1};
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    assert_true(mean(&stand->frame) < 0.9 * bright);
}

static void test_studio__damage_hides_a_part(void **state)
{
    struct stand *stand = *state;
    float clean, hidden;
    int changed = 0;

    studio_recipe(4, STUDIO_FAULT_DAMAGE, WIDTH_PX, HEIGHT_PX, &stand->recipe);
    struct card *card = &stand->recipe.card, whole = *card;
    assert_true(card->spot_count > 0);
    whole.spot_count = 0;
    for (int i = 0; i < card->symbol.side * card->symbol.side; i++) {
        double x = i % card->symbol.side + 0.5, y = i / card->symbol.side + 0.5;
        assert_true(card_grey(&whole, x, y, &clean) && card_grey(card, x, y, &hidden));
        changed += clean != hidden;
    }
    assert_true(changed > 0 && changed < card->symbol.side * card->symbol.side / 4);
}

static void test_studio__no_code_is_read_where_none_is(void **state)
{
    struct stand *stand = *state;

    for (uint64_t seed = 0; seed < 6; seed++) { // a round of all kinds
        studio_take_empty(stand->studio, seed, &stand->frame);
        for (int i = 0; i < 3; i++) {
            stand->reader->ops->read(stand->reader, &stand->frame, &stand->reading);
            assert_int_equal(stand->reading.count, 0);
        }
    }
}

static void test_studio__a_hand_brings_a_ticket_into_the_picture(void **state)
{
    struct stand *stand = *state;
    struct studio_hand *hand = mem_zero(sizeof *hand);

    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        studio_hand(seed, WIDTH_PX, HEIGHT_PX, hand);
        assert_false(studio_hand_frame(hand, 0, &stand->recipe));
        double first_px = stand->recipe.pose.side_px, first_blur_px = stand->recipe.light.defocus_px;
        assert_true(studio_hand_frame(hand, 29, &stand->recipe));
        assert_true(stand->recipe.pose.side_px > first_px);
        assert_true(stand->recipe.light.defocus_px < first_blur_px);
        assert_true(stand->recipe.light.motion_px < 5); // at rest, but for a tremble
    }
    hand->recipe.light.has_glare = false;
    hand->recipe.pose.side_px = 0.8 * HEIGHT_PX;
    hand->recipe.pose.x_px = WIDTH_PX / 2.0;
    hand->recipe.pose.y_px = HEIGHT_PX / 2.0;
    hand->tremble_px = 0;
    assert_true(studio_hand_frame(hand, 29, &stand->recipe));
    studio_take(stand->studio, &stand->recipe, &stand->frame);
    assert_true(is_read(stand));
    free(hand);
}

static void test_hostile__is_another_picture_each_and_the_same_each_time(void **state)
{
    struct stand *stand = *state;
    uint64_t digests[HOSTILE_COUNT];

    for (int i = 0; i < HOSTILE_COUNT; i++) {
        assert_non_null(hostile_draw(i, &stand->frame));
        digests[i] = stand->frame.digest;
        for (int k = 0; k < i; k++) assert_true(digests[k] != digests[i]);
    }
    hostile_draw(3, &stand->frame);
    assert_true(stand->frame.digest == digests[3]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_studio__makes_the_same_picture_of_the_same_seed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__says_where_the_corners_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__prints_codes_that_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__faults_are_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__damage_hides_a_part, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__no_code_is_read_where_none_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_studio__a_hand_brings_a_ticket_into_the_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_hostile__is_another_picture_each_and_the_same_each_time, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
