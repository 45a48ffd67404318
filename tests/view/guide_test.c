// The guide's pictures show what the screen shows today. After a change of the screen, take them anew:
// EINLASS_TAKE_PICTURES=yes ctest --preset dev -R view/guide. To add one, take a copy of any under the screen's name.
#include "support/check.h"

#include "frame/folder_list.h"
#include "frame/picture_png.h"
#include "screen/screen.h"
#include "support/folder.h"
#include "view/screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Of fonts' hinting and rounding; a word that reads otherwise is far more.
enum { MOST_OTHER_PIXELS = 400, OTHER_GREY = 48 };

struct fixture {
    struct stage stage;
    struct model model;
    struct scene scene;
    struct words *words;
    struct letters *letters;
    struct screen *screen;
    struct folder folder;
    struct frame kept, now;
    int other_count; // pictures
};

static int set_up(void **state)
{
    const struct screen_size *size = &screen_sizes[0];
    struct screen_config config = {"guide", size->width_px, size->height_px, false};
    struct fixture *f = calloc(1, sizeof *f);

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("TZ", "Europe/Berlin", 1);
    folder_make(&f->folder);
    stage_init(&f->stage);
    words_gettext_open(LOCALE_FOLDER, &f->words);
    if (letters_open(FONTS_CONF, &f->letters) != STATUS_OK) return -1;
    if (screen_open(&config, f->letters, &f->screen) != STATUS_OK) return -1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    screen_close(f->screen);
    letters_close(f->letters);
    words_close(f->words);
    stage_destroy(&f->stage);
    folder_remove(&f->folder);
    free(f);
    return 0;
}

static const struct screen_case *find(const char *file)
{
    size_t length = strlen(file) - strlen(".png");

    for (size_t i = 0; i < screens_count(); i++)
        if (strlen(screens_at(i)->name) == length && !strncmp(screens_at(i)->name, file, length)) return screens_at(i);
    return NULL;
}

static void paint(struct fixture *f, const struct screen_case *screen, enum language language, const char *path)
{
    struct screen_light light = {.size = &screen_sizes[0], .language = language};

    screen_draw(screen, &light, &f->stage, f->words, &f->model, &f->scene);
    const struct mark *picture = scene_find(&f->scene, MARK_PICTURE, false);
    screen_drop_picture(f->screen);
    if (picture) {
        stage_frame(&f->stage, 0);
        screen_take_picture(f->screen, mailbox_take(&f->stage.frames), picture);
    }
    screen_paint(f->screen, &f->scene, path);
}

static bool is_same(struct fixture *f, const char *kept, const char *now)
{
    int other_count = 0;

    if (picture_png_read(kept, &f->kept) != STATUS_OK || picture_png_read(now, &f->now) != STATUS_OK) return false;
    if (f->kept.width_px != f->now.width_px || f->kept.height_px != f->now.height_px) return false;
    for (int i = 0; i < f->now.width_px * f->now.height_px; i++)
        other_count += abs(f->kept.pixels[i] - f->now.pixels[i]) > OTHER_GREY;
    return other_count <= MOST_OTHER_PIXELS;
}

static void check_folder(struct fixture *f, const char *folder, enum language language)
{
    bool is_taking = getenv("EINLASS_TAKE_PICTURES") != NULL;
    struct folder_list list = {0};
    char kept[512], now[128];

    assert_int_equal(folder_list_read(&list, folder), STATUS_OK);
    assert_true(list.count > 10);
    for (size_t i = 0; i < list.count; i++) {
        const struct screen_case *screen = find(list.entries[i].name);
        snprintf(kept, sizeof kept, "%s/%s", folder, list.entries[i].name);
        folder_file(&f->folder, "now.png", now);
        if (screen) paint(f, screen, language, is_taking ? kept : now);
        if (screen && (is_taking || is_same(f, kept, now))) continue;
        print_message("%s is not what the screen shows\n", kept);
        f->other_count++;
    }
    folder_list_destroy(&list);
}

static void test_guide__shows_the_screens_of_today(void **state)
{
    struct fixture *f = *state;

    check_folder(f, GUIDE_PICTURES "/de", LANGUAGE_DE);
    check_folder(f, GUIDE_PICTURES "/en", LANGUAGE_EN);
    assert_int_equal(f->other_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_guide__shows_the_screens_of_today, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
