// stories_test FILE... -- plays stories; each is one that an organiser can read (story.h says how).
#include "support/check.h"
#include "flow/story.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdlib.h>

_Noreturn void story_complain(const struct story *story, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "%s:%d: ", story->path, story->line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

// Words end at blanks; "…" keeps them together, and a comma behind a word is part of it.
static void split(struct story *story)
{
    char *at = story->text, *comment = strchr(story->text, '#'), *arrow;

    if (comment) *comment = '\0';
    arrow = strstr(story->text, "=>");

    story->word_count = 0;
    story->expected = arrow ? arrow + 2 : NULL;
    if (arrow) *arrow = '\0';
    for (;;) {
        at += strspn(at, " \t\n");
        if (*at == '\0') return;
        if (story->word_count == STORY_MOST_WORDS) story_complain(story, "too many words");
        bool is_quoted = *at == '"';
        at += is_quoted;
        story->words[story->word_count++] = at;
        at += strcspn(at, is_quoted ? "\"" : " \t\n");
        if (*at) *at++ = '\0';
    }
}

static void move_clock(struct story *story, const char *word)
{
    struct clock_hand *hand = &story->world->hand;
    int hours = 0, minutes = 0;

    if (sscanf(word, "%d:%d", &hours, &minutes) != 2) story_complain(story, "no time of day: %s", word);
    int64_t then_ms = WORLD_MIDNIGHT_MS + (hours * 60 + minutes) * INT64_C(60000);
    if (then_ms > hand->unix_now_ms) clock_hand_move(hand, then_ms - hand->unix_now_ms);
}

static bool is_time(const char *word)
{
    return word[0] >= '0' && word[0] <= '9' && strchr(word, ':');
}

static void play_line(struct story *story)
{
    split(story);
    if (story->word_count == 0) return;
    bool is_happening = is_time(story->words[0]);
    if (is_happening) {
        move_clock(story, story->words[0]);
        story->word_count--;
        memmove(story->words, story->words + 1, story->word_count * sizeof *story->words);
    }
    if (!is_happening && !story->is_open && strcmp(story->words[0], "recount") != 0) {
        story_tell(story);
        return;
    }
    if (!story->is_open) world_open(story->world);
    story->is_open = true;
    if (story->word_count == 0) story_complain(story, "a time, and nothing happens");
    if (strcmp(story->words[0], "recount") == 0) story_recount(story);
    else story_happen(story);
    story_expect(story);
}

static void play(const char *path)
{
    struct world *world = mem_zero(sizeof *world);
    struct story *story = mem_zero(sizeof *story);
    FILE *file = fopen(path, "r");

    story->path = path;
    story->world = world;
    if (!file) story_complain(story, "can't be read");
    world_init(world);
    while (fgets(story->text, sizeof story->text, file)) {
        story->line++;
        play_line(story);
    }
    fclose(file);
    if (!story->is_open) story_complain(story, "nothing happens");
    printf("%s: %d lines\n", path, story->line);
    world_destroy(world);
    free(world);
    free(story);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) play(argv[i]);
    return argc > 1 ? 0 : 2;
}
