#include "support/check.h"
#include "fakes/keyboard_scripted.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

static struct keyboard_scripted *of(const struct keyboard *keyboard)
{
    return (struct keyboard_scripted *)(uintptr_t)keyboard;
}

static int keys_descriptor(const struct keyboard *self)
{
    return of(self)->keys[0];
}

static enum status keys_read(struct keyboard *self, struct key_event *out)
{
    struct keyboard_scripted *keyboard = of(self);
    struct key_event event;
    ssize_t length = read(keyboard->keys[0], &event, sizeof event);

    if (length < 0 && errno == EAGAIN) return STATUS_LATER;
    if (length != sizeof event) return STATUS_GONE;
    if (event.move == KEY_MOVE_DOWN) keyboard->key_down_count++;
    if (event.move == KEY_MOVE_UP) keyboard->key_down_count--;
    *out = event;
    return STATUS_OK;
}

static enum status keys_grab(struct keyboard *self, bool is_ours)
{
    struct keyboard_scripted *keyboard = of(self);

    if (keyboard->key_down_count > 0) return STATUS_LATER;
    keyboard->is_grabbed = is_ours;
    if (is_ours) keyboard->grab_count++;
    else keyboard->ungrab_count++;
    return STATUS_OK;
}

static void keys_close(struct keyboard *self)
{
    struct keyboard_scripted *keyboard = of(self);

    keyboard->is_grabbed = false;
    close(keyboard->keys[0]);
    keyboard->close_count++;
}

static int news_descriptor(const struct keyboard_source *self)
{
    const struct keyboards_scripted *keyboards = (const struct keyboards_scripted *)self;

    return keyboards->is_patient ? keyboards->news[0] : keyboards->hurry;
}

static bool news_next(struct keyboard_source *self, struct keyboard_news *out)
{
    struct keyboard_news news;

    if (read(((struct keyboards_scripted *)self)->news[0], &news, sizeof news) != sizeof news) return false;
    *out = news;
    return true;
}

static enum status source_open(struct keyboard_source *self, const char *path, struct keyboard **out)
{
    static const struct keyboard_ops ops = {keys_descriptor, keys_read, keys_grab, keys_close};
    struct keyboards_scripted *keyboards = (struct keyboards_scripted *)self;
    int number = atoi(path + strcspn(path, "0123456789"));
    struct keyboard_scripted *keyboard = &keyboards->keyboards[number];

    keyboard->open_count++;
    if (keyboard->is_refused) return STATUS_LATER;
    keyboard->keyboard.ops = &ops;
    *out = &keyboard->keyboard;
    return STATUS_OK;
}

static void source_close(struct keyboard_source *self)
{
    ((struct keyboards_scripted *)self)->is_closed = true;
}

void keyboards_scripted_init(struct keyboards_scripted *keyboards)
{
    static const struct keyboard_source_ops ops = {news_descriptor, news_next, source_open, source_close};

    memset(keyboards, 0, sizeof *keyboards);
    keyboards->source.ops = &ops;
    assert_int_equal(pipe2(keyboards->news, O_CLOEXEC | O_NONBLOCK), 0);
    keyboards->hurry = eventfd(1, EFD_CLOEXEC);
    assert_true(keyboards->hurry >= 0);
}

void keyboards_scripted_destroy(struct keyboards_scripted *keyboards)
{
    for (int i = 0; i < KEYBOARDS_SCRIPTED; i++) {
        struct keyboard_scripted *keyboard = &keyboards->keyboards[i];
        int opened = keyboard->is_refused ? 0 : keyboard->open_count;
        assert_int_equal(opened, keyboard->close_count);
        if (keyboard->keys[1]) close(keyboard->keys[1]);
        if (keyboard->keys[0] && opened == 0) close(keyboard->keys[0]);
    }
    close(keyboards->hurry);
    close(keyboards->news[0]);
    close(keyboards->news[1]);
}

static void tell(struct keyboards_scripted *keyboards, int number, const char *name, bool is_here)
{
    struct keyboard_news news = {.is_here = is_here, .facts.has_letters = true};

    snprintf(news.facts.path, sizeof news.facts.path, "/dev/input/event%d", number);
    snprintf(news.facts.name, sizeof news.facts.name, "%s", name);
    assert_int_equal(write(keyboards->news[1], &news, sizeof news), sizeof news);
}

void keyboards_scripted_plug(struct keyboards_scripted *keyboards, int number, const char *name)
{
    struct keyboard_scripted *keyboard = &keyboards->keyboards[number];

    assert_int_equal(pipe2(keyboard->keys, O_CLOEXEC), 0);
    assert_int_equal(fcntl(keyboard->keys[0], F_SETFL, O_NONBLOCK), 0);
    keyboard->key_down_count = 0;
    tell(keyboards, number, name, true);
}

void keyboards_scripted_pull(struct keyboards_scripted *keyboards, int number, bool is_told)
{
    close(keyboards->keyboards[number].keys[1]);
    keyboards->keyboards[number].keys[1] = 0;
    if (is_told) tell(keyboards, number, "", false);
}

void keyboards_scripted_type(struct keyboards_scripted *keyboards, int number, struct key_script *script)
{
    for (size_t i = 0; i < script->count; i++)
        assert_int_equal(write(keyboards->keyboards[number].keys[1], &script->events[i], sizeof *script->events),
                         sizeof *script->events);
    script->count = 0;
}
