// sound: a loudspeaker that comes after the kiosk is found, and heard.
#include "support/check.h"

#include "screen/sound.h"
#include "support/folder.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

// SDL's "disk" driver writes what would be heard to a file.
static bool is_heard(const char *path)
{
    FILE *file = fopen(path, "rb");
    bool is_loud = false;
    int byte;

    if (!file) return false;
    while (!is_loud && (byte = getc(file)) != EOF) is_loud = byte != 0;
    fclose(file);
    return is_loud;
}

static void wait_until_heard(const char *path)
{
    for (int i = 0; i < 1000 && !is_heard(path); i++) SDL_Delay(10);
    assert_true(is_heard(path));
}

static void begin(struct folder *folder, char path[128])
{
    folder_make(folder);
    folder_file(folder, "heard.raw", path);
    setenv("SDL_DISKAUDIOFILE", path, 1);
    setenv("SDL_AUDIODRIVER", "none-such", 1);
}

static void end(struct folder *folder, struct sound *sound)
{
    sound_close(sound);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    folder_remove(folder);
}

static void test_sound__is_found_when_it_comes_later(void **state)
{
    struct folder folder;
    struct sound *sound;
    char path[128];
    (void)state;

    begin(&folder, path);
    sound_open(80, &sound);
    sound_look(sound, 0);
    sound_play(sound, TONE_WELCOME);
    setenv("SDL_AUDIODRIVER", "disk", 1);
    sound_look(sound, SOUND_LOOK_MS - 1); // not yet
    sound_play(sound, TONE_WELCOME);
    assert_false(is_heard(path));
    sound_look(sound, SOUND_LOOK_MS);
    sound_play(sound, TONE_WELCOME);
    wait_until_heard(path);
    end(&folder, sound);
}

static void test_sound__is_not_looked_for_by_who_wants_silence(void **state)
{
    struct folder folder;
    struct sound *sound;
    char path[128];
    (void)state;

    begin(&folder, path);
    setenv("SDL_AUDIODRIVER", "disk", 1);
    sound_open(0, &sound);
    sound_look(sound, 0);
    assert_int_equal(0, SDL_WasInit(SDL_INIT_AUDIO));
    sound_set_volume(sound, 50); // somebody turned it up
    sound_look(sound, 1);
    sound_play(sound, TONE_NO);
    wait_until_heard(path);
    end(&folder, sound);
}

static void test_sound__that_cannot_be_opened_is_tried_ever_more_seldom(void **state)
{
    struct folder folder;
    struct sound *sound;
    char path[128];
    (void)state;

    begin(&folder, path);
    sound_open(80, &sound);
    for (int64_t ms = 0; ms < 2 * SOUND_MOST_LOOK_MS; ms += SOUND_LOOK_MS) sound_look(sound, ms);
    setenv("SDL_AUDIODRIVER", "disk", 1);
    sound_look(sound, 2 * SOUND_MOST_LOOK_MS);
    assert_int_equal(0, SDL_WasInit(SDL_INIT_AUDIO));
    sound_look(sound, 3 * SOUND_MOST_LOOK_MS);
    assert_int_not_equal(0, SDL_WasInit(SDL_INIT_AUDIO));
    end(&folder, sound);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound__is_found_when_it_comes_later),
        cmocka_unit_test(test_sound__that_cannot_be_opened_is_tried_ever_more_seldom),
        cmocka_unit_test(test_sound__is_not_looked_for_by_who_wants_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
