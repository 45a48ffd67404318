// The keyboard on the screen: every letter of a German name, keys for thumbs, and fields that stay valid text.
#include "support/check.h"

#include "view/brush.h"
#include "view/view_keys.h"
#include "screen/stage.h"

#include "base/text.h"

#include <stdlib.h>

struct fixture {
    struct stage stage;
    struct model model;
    struct words *words;
    struct layout layout;
    struct scene scene;
    struct brush brush;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct model_config config;

    stage_init(&f->stage);
    config = stage_model_config(&f->stage);
    model_init(&f->model, &config, 0);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    words_close(f->words);
    stage_destroy(&f->stage);
    free(f);
    return 0;
}

static void draw(struct fixture *f, int width_px, int height_px, double inch_px, struct keys keys)
{
    struct box box;

    f->layout = layout_of(width_px, height_px, inch_px);
    f->brush = (struct brush){&f->model, f->words, &f->layout, 0, &f->scene};
    scene_begin(&f->scene, LOOK_PAPER);
    box = (struct box){f->layout.gap_px, f->layout.gap_px, width_px - 2 * f->layout.gap_px,
                       view_keys_height_px(&f->brush, &keys)};
    view_keys(&f->brush, box, &keys);
}

static bool has_key(const struct fixture *f, uint32_t point)
{
    for (size_t i = 0; i < f->scene.target_count; i++)
        if (action_equals(f->scene.targets[i].action, (struct action){ACT_KEY, (int)point})) return true;
    return false;
}

static void check_keys(const struct fixture *f, const char *wanted)
{
    for (uint32_t point; (point = text_next(&wanted)) != 0;)
        if (!has_key(f, point)) fail_msg("no key for U+%04X at %dx%d", point, f->layout.width_px, f->layout.height_px);
}

static const struct {
    int width_px, height_px;
    double inch_px;
} screens[] = {{800, 480, 133}, {1280, 720, 147}, {1920, 1080, 141}, {480, 800, 133}};

static void test_keys__everything_a_name_or_an_address_needs_is_there(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < 4; i++) {
        int w = screens[i].width_px, h = screens[i].height_px;
        draw(f, w, h, screens[i].inch_px, (struct keys){KEYS_TEXT, KEYS_SMALL});
        check_keys(f, "abcdefghijklmnopqrstuvwxyzäöüß -.");
        draw(f, w, h, screens[i].inch_px, (struct keys){KEYS_TEXT, KEYS_CAPITAL});
        check_keys(f, "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜß -.");
        draw(f, w, h, screens[i].inch_px, (struct keys){KEYS_EMAIL, KEYS_SMALL});
        check_keys(f, "abcdefghijklmnopqrstuvwxyz@.-_");
        assert_false(has_key(f, ' '));
        for (int kind = KEYS_TEXT; kind <= KEYS_EMAIL; kind++) {
            draw(f, w, h, screens[i].inch_px, (struct keys){(enum keys_kind)kind, KEYS_SIGNS});
            check_keys(f, "0123456789@.-_+&'/(),éèáçñšł");
        }
        draw(f, w, h, screens[i].inch_px, (struct keys){KEYS_NUMBER, KEYS_SMALL});
        check_keys(f, "0123456789-");
    }
}

static void test_keys__are_for_thumbs_and_apart(void **state)
{
    struct fixture *f = *state;

    for (size_t i = 0; i < 4; i++)
        for (int kind = KEYS_TEXT; kind <= KEYS_NUMBER; kind++)
            for (int layer = KEYS_SMALL; layer <= KEYS_SIGNS; layer++) {
                draw(f, screens[i].width_px, screens[i].height_px, screens[i].inch_px,
                     (struct keys){(enum keys_kind)kind, (enum keys_layer)layer});
                bool is_portrait = f->layout.is_portrait;
                int high_px = (int)((is_portrait && kind != KEYS_NUMBER ? 14.9 : 12) * screens[i].inch_px / 25.4);
                int wide_px = (int)((is_portrait ? 8 : 12) * screens[i].inch_px / 25.4);
                for (size_t a = 0; a < f->scene.target_count; a++) {
                    struct box *box = &f->scene.targets[a].box;
                    assert_in_range(box->w, wide_px, screens[i].width_px);
                    assert_in_range(box->h, high_px, screens[i].height_px);
                    assert_in_range(box->x, 0, screens[i].width_px - box->w);
                    for (size_t b = 0; b < a; b++) {
                        struct box *other = &f->scene.targets[b].box;
                        bool is_beside = box->x >= other->x + other->w + f->layout.gap_px - 1 ||
                                         other->x >= box->x + box->w + f->layout.gap_px - 1;
                        bool is_below = box->y >= other->y + other->h + f->layout.gap_px - 1;
                        assert_true(is_beside || is_below);
                        assert_false(action_equals(f->scene.targets[a].action, f->scene.targets[b].action));
                    }
                }
            }
}

static void test_keys__names_begin_with_capitals_by_themselves(void **state)
{
    static const struct {
        const char *text;
        bool are_names;
        enum keys_layer layer;
    } cases[] = {{"", true, KEYS_CAPITAL},      {"A", true, KEYS_SMALL},       {"Anna", true, KEYS_SMALL},
                 {"Anna ", true, KEYS_CAPITAL}, {"Vogt-", true, KEYS_CAPITAL}, {"Jörg", true, KEYS_SMALL},
                 {"", false, KEYS_SMALL},       {"a.vogt-", false, KEYS_SMALL}};
    struct keys keys = {KEYS_TEXT, KEYS_SMALL};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        keys_follow(&keys, cases[i].text, cases[i].are_names);
        assert_int_equal(keys.layer, cases[i].layer);
    }
    keys.layer = KEYS_CAPITAL; // by hand: for one letter
    keys_follow(&keys, "TH", true);
    assert_int_equal(keys.layer, KEYS_SMALL);
    keys.layer = KEYS_SIGNS; // a house number has more than one digit
    keys_follow(&keys, "Bus 1", true);
    assert_int_equal(keys.layer, KEYS_SIGNS);
}

static void test_field__takes_what_is_text(void **state)
{
    char text[12] = "";

    (void)state;
    assert_true(field_append(text, sizeof text, "Jörg"));
    assert_false(field_append(text, sizeof text, "\t\xFF\x1B"));
    assert_string_equal(text, "Jörg");
    assert_false(field_append(text, sizeof text, "\xE2\x80\xAE-\xC3")); // turns the line round; half a letter
    assert_string_equal(text, "Jörg-");
    assert_true(field_append_point(text, sizeof text, 0x20AC));
    assert_string_equal(text, "Jörg-€");
    assert_false(field_append(text, sizeof text, "Straße")); // what fits, between code points
    assert_string_equal(text, "Jörg-€St");
    assert_false(field_append_point(text, sizeof text, 0xD800));
    assert_false(field_append_point(text, sizeof text, -1));
    assert_false(field_append_point(text, sizeof text, 0x110000));
    assert_string_equal(text, "Jörg-€St");
}

static void test_field__stays_valid_whatever_comes(void **state)
{
    char text[40] = "", bytes[9];

    (void)state;
    srand(20261122);
    for (int turn = 0; turn < 20000; turn++) {
        for (size_t i = 0; i < sizeof bytes - 1; i++) bytes[i] = (char)rand();
        bytes[sizeof bytes - 1] = '\0';
        field_append(text, sizeof text, bytes);
        if (rand() % 4 == 0) field_append_point(text, sizeof text, rand() % 0x110800);
        for (int i = rand() % 8; i > 0; i--) field_erase(text);
        assert_true(strlen(text) < sizeof text);
        assert_true(text_is_utf8(text, strlen(text)));
        for (const char *at = text; *at; at++) assert_true((unsigned char)*at >= ' ' && *at != 0x7F);
    }
}

static void test_field__erases_what_people_take_for_one_letter(void **state)
{
    char text[64] = "Zoe\xCC\x88"; // e and its dots, as some keyboards send it

    (void)state;
    field_erase(text);
    assert_string_equal(text, "Zo");
    field_append(text, sizeof text, "ß🇩🇪");
    field_erase(text);
    assert_string_equal(text, "Zoß");
    for (int i = 0; i < 5; i++) field_erase(text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys__everything_a_name_or_an_address_needs_is_there),
        cmocka_unit_test(test_keys__are_for_thumbs_and_apart),
        cmocka_unit_test(test_keys__names_begin_with_capitals_by_themselves),
        cmocka_unit_test(test_field__takes_what_is_text),
        cmocka_unit_test(test_field__stays_valid_whatever_comes),
        cmocka_unit_test(test_field__erases_what_people_take_for_one_letter),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
