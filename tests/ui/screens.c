// screens FOLDER -- every screen in four sizes and two languages as PNG, for people to look at.
// Runs the real front on SDL's dummy driver. Files: FOLDER/800x480-de/01-ready.png …
#include "ui/stage.h"

#include "base/text.h"

#include <SDL.h>
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void settle(struct stage *stage, struct front *front)
{
    for (int i = 0; i < 12; i++) {
        front_step(front, stage->mono_ms);
        stage->mono_ms += 20;
    }
}

static void touch_key(SDL_Keycode key)
{
    SDL_Event event = {.type = SDL_KEYDOWN};

    event.key.keysym.sym = key;
    SDL_PushEvent(&event);
}

static void type(const char *text)
{
    SDL_Event event = {.type = SDL_TEXTINPUT};

    text_copy(event.text.text, sizeof event.text.text, text);
    SDL_PushEvent(&event);
}

static void show_results(struct stage *stage, struct front *front)
{
    struct notice notice;

    for (enum reason reason = REASON_OK; reason <= REASON_EXHAUSTED; reason++) {
        stage_notice(reason, &notice);
        notice.verdict.is_clock_doubtful = reason == REASON_OK;
        stage_tell(stage, &notice);
        settle(stage, front);
    }
    stage_notice(REASON_RULES, &notice);
    notice.verdict.is_practice = true;
    stage_tell(stage, &notice);
    settle(stage, front);
    notice = (struct notice){.kind = NOTICE_NOT_SAVED};
    stage_tell(stage, &notice);
    settle(stage, front);
}

static void press(struct stage *stage, struct front *front, int tabs)
{
    for (int i = 0; i < tabs; i++) touch_key(SDLK_TAB), front_step(front, stage->mono_ms);
    touch_key(SDLK_RETURN);
    settle(stage, front);
}

static void show_hints(struct stage *stage, struct front *front)
{
    for (int hint = HINT_COUNT - 1; hint >= 0; hint--) {
        stage_hint(stage, (enum hint)hint);
        settle(stage, front);
    }
}

static void show_forms(struct stage *stage, struct front *front)
{
    struct command command;
    struct notice notice;

    press(stage, front, 4); // DE, EN, privacy, hand entry
    type("7K2M9QX4TA");
    settle(stage, front);
    touch_key(SDLK_RETURN);
    settle(stage, front);
    bool has_asked = queue_take(&stage->commands, &command);
    assert(has_asked && command.kind == COMMAND_FIND);
    stage_found(&notice);
    stage_tell(stage, &notice);
    settle(stage, front);
    type("2468");
    touch_key(SDLK_RETURN);
    settle(stage, front);
    has_asked = queue_take(&stage->commands, &command);
    assert(has_asked && command.kind == COMMAND_UNLOCK);
    notice = (struct notice){.kind = NOTICE_UNLOCKED, .session = 77};
    stage_tell(stage, &notice);
    settle(stage, front);
    has_asked = queue_take(&stage->commands, &command);
    assert(has_asked && command.kind == COMMAND_PERSON);
    stage_person(&notice);
    stage_tell(stage, &notice);
    settle(stage, front);
}

static void show_all(const char *folder, int width_px, int height_px, enum language language)
{
    struct stage stage;
    struct front_config config;
    struct front *front;
    struct notice notice = {.kind = NOTICE_COUNT, .headcount = {.inside = 42, .expected = 45}};

    stage_init(&stage);
    config = stage_front_config(&stage, width_px, height_px);
    config.inch_px = width_px > 1500 ? 141 : 133;
    config.language = language;
    config.screenshots = folder;
    enum status status = front_open(&config, &front);
    assert(status == STATUS_OK);
    stage_tell(&stage, &notice);
    stage_camera(&stage, true);
    stage_frame(&stage, 0);
    settle(&stage, front);
    show_hints(&stage, front);
    press(&stage, front, 3);
    touch_key(SDLK_RETURN);
    settle(&stage, front);
    show_results(&stage, front);
    press(&stage, front, 0); // asks to try again
    struct command retry;
    bool has_asked = queue_take(&stage.commands, &retry);
    assert(has_asked && retry.kind == COMMAND_RETRY);
    stage_tell(&stage, &notice);
    stage_camera(&stage, false);
    settle(&stage, front);
    settle(&stage, front);
    show_forms(&stage, front);
    front_close(front);
    stage_destroy(&stage);
}

int main(int argc, char **argv)
{
    static const int sizes[][2] = {{800, 480}, {1280, 720}, {1920, 1080}, {480, 800}};

    if (argc != 2) {
        fprintf(stderr, "usage: screens FOLDER\n");
        return 2;
    }
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("SDL_AUDIODRIVER", "dummy", 1);
    for (int i = 0; i < 4; i++)
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            char folder[4096];
            snprintf(folder, sizeof folder, "%s/%dx%d-%s", argv[1], sizes[i][0], sizes[i][1], language ? "en" : "de");
            if (mkdir(folder, 0755) && errno != EEXIST) {
                perror(folder);
                return 1;
            }
            show_all(folder, sizes[i][0], sizes[i][1], (enum language)language);
        }
    return 0;
}
