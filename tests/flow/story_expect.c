// What must follow from a happening.
#include "support/check.h"
#include "flow/story.h"

#include "record/audit.h"
#include "support/recount.h"

#include <stdlib.h>

static const struct list *list_of(const struct story *story)
{
    return event_list(&story->world->event, story->kiosk->list);
}

static struct headcount count(const struct story *story)
{
    struct store *store = story->kiosk->store;
    struct headcount headcount = {0};

    assert_int_equal(store->ops->count(store, WORLD_EVENT, list_of(story), &headcount), STATUS_OK);
    return headcount;
}

static void expect_number(const struct story *story, const char *what, long long expected, long long is)
{
    if (expected != is) story_complain(story, "%s: expected %lld, is %lld", what, expected, is);
}

static void expect_screen(const struct story *story, const char *name, long count_or_all)
{
    size_t seen = 0;

    for (size_t i = 0; i < story->screen_count; i++)
        if (strcmp(story->screens[i].name, name) == 0) seen = story->screens[i].count;
    if (count_or_all < 0) count_or_all = (long)story->shown_count;
    if (seen == (size_t)count_or_all && seen > 0) return;
    for (size_t i = 0; i < story->screen_count; i++)
        fprintf(stderr, "%u times: %s\n", story->screens[i].count, story->screens[i].name);
    story_complain(story, "expected %ld times %s, seen %zu times", count_or_all, name, seen);
}

// Who has no number is their ticket.
static bool is_row_of(const struct row *row, unsigned long person)
{
    struct who who = {.number = person};

    return row->person != 0 ? row->person == person : row->ticket == world_ticket(who);
}

// "missing 2: 39 40" names them too, in any order.
static void expect_missing(struct story *story, long total, const char *names)
{
    const struct rows *rows = world_rows(story->world, story->kiosk, COMMAND_MISSING);

    expect_number(story, "missing", total, rows->total);
    expect_number(story, "missing, from the numbers", count(story).expected - count(story).inside, rows->total);
    for (char *end = NULL; names && *names; names = end) {
        unsigned long person = strtoul(names, &end, 10);
        bool is_there = false;
        if (end == names) story_complain(story, "nobody is called%s", names);
        for (size_t i = 0; i < rows->count; i++) is_there = is_there || is_row_of(&rows->rows[i], person);
        if (!is_there) story_complain(story, "%lu is not among the missing", person);
        end += strspn(end, " ");
    }
}

static void expect_one(struct story *story, char *part)
{
    char word[VIEW_NAME_SIZE] = "";
    long number = 0, other = 0;
    int end = 0;

    if (sscanf(part, "%ld of %ld%n", &number, &other, &end) == 2 && part[end] == '\0') {
        expect_number(story, "inside", number, count(story).inside);
        expect_number(story, "expected persons", other, count(story).expected);
        expect_number(story, "inside, as the screen was told", number, story->kiosk->answer.headcount.inside);
    } else if (sscanf(part, "missing %ld", &number) == 1) {
        char *colon = strchr(part, ':');
        expect_missing(story, number, colon ? colon + 1 + strspn(colon + 1, " ") : NULL);
    } else if (sscanf(part, "inside %ld", &number) == 1) {
        expect_number(story, "inside", number, count(story).inside);
    } else if (sscanf(part, "left %ld", &number) == 1) {
        expect_number(story, "left", number, count(story).left);
    } else if (sscanf(part, "given %ld", &number) == 1) {
        expect_number(story, "given", number, count(story).given);
    } else if (sscanf(part, "round %ld", &number) == 1) {
        expect_number(story, "round", number, count(story).round);
    } else if (sscanf(part, "%ld %47s", &number, word) == 2) {
        expect_screen(story, word, number);
    } else {
        expect_screen(story, part, -1);
    }
}

void story_expect(struct story *story)
{
    char *part = story->expected;
    long screens = 0, seen = 0;

    if (!part) return;
    while (part && *part) {
        char *comma = strchr(part, ',');
        if (comma) *comma = '\0';
        part += strspn(part, " \t");
        part[strcspn(part, "\n")] = '\0';
        for (size_t length = strlen(part); length > 0 && part[length - 1] == ' '; length--) part[length - 1] = '\0';
        if (*part) expect_one(story, part);
        if (sscanf(part, "%ld %*[a-z]", &seen) == 1 && !strstr(part, " of ")) screens += seen;
        part = comma ? comma + 1 : NULL;
    }
    if (screens > 0) expect_number(story, "screens in all", screens, (long long)story->shown_count);
}

// Every list at every kiosk, from the logs alone; and the logs against their own hashes.
static struct recount recount_kiosk(const struct story *story, const struct world_kiosk *kiosk)
{
    const struct event *event = &story->world->event;
    struct recount all = {0}, one;
    struct audit audit;

    for (size_t i = 0; i < event->list_count; i++) {
        const struct list *list = &event->lists[i];
        struct headcount headcount = {0};
        recount_list(kiosk->path, list->id, &one);
        assert_int_equal(kiosk->store->ops->count(kiosk->store, WORLD_EVENT, list, &headcount), STATUS_OK);
        expect_number(story, "inside, recounted from the log", one.inside, headcount.inside);
        if (list->mode == LIST_MODE_HAND_OUT)
            expect_number(story, "given, recounted from the log", one.given, headcount.given);
        if (list->mode == LIST_MODE_ROLL_CALL)
            expect_number(story, "rounds, recounted from the log", one.rounds, headcount.round);
        all.inside += one.inside;
        if (list->mode == LIST_MODE_HAND_OUT) all.given += one.given;
        all.walk_ins += one.walk_ins;
    }
    assert_int_equal(audit_sqlite(kiosk->path, stderr, &audit), STATUS_OK);
    expect_number(story, "differences that log verify finds", 0, audit.difference_count);
    return all;
}

void story_recount(struct story *story)
{
    const struct world *world = story->world;
    struct recount all = {0};
    long number;

    for (size_t i = 0; i < world->kiosk_count; i++) {
        struct recount one = recount_kiosk(story, &world->kiosks[i]);
        all.inside += one.inside;
        all.given += one.given;
        all.walk_ins += one.walk_ins;
    }
    for (char *part = story->expected; part; part = strchr(part, ',')) {
        part += strspn(part, ", ");
        if (sscanf(part, "all %ld", &number) == 1) expect_number(story, "all", number, all.inside);
        else if (sscanf(part, "all given %ld", &number) == 1) expect_number(story, "all given", number, all.given);
        else if (sscanf(part, "walk-ins %ld", &number) == 1) expect_number(story, "walk-ins", number, all.walk_ins);
        else story_complain(story, "recounted is all, all given and walk-ins: %s", part);
    }
    story->expected = NULL;
}
