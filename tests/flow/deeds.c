// What can happen in a story, one word or two each. KIOSK is the first word of the line.
//   KIOSK scan PEOPLE               each shows a ticket, one after the other
//   KIOSK ticks PEOPLE              staff let them in from the list, without a ticket
//   KIOSK forces PEOPLE "why"       although the rules refuse them
//   KIOSK signs off PEOPLE "why"    roll_call: nobody waits for them; in_out: they go out
//   KIOSK undoes PEOPLE ["why"]     their last check-in at this kiosk
//   KIOSK round ["Brilon"]          a new round
//   KIOSK delivers N                things come to this station (negative: are taken away)
//   KIOSK serves list=N [direction=exit]
//   KIOSK registers "Anna Vogt" [plus=2]   a walk-in; registers N: so many, one after the other
//   KIOSK practises | KIOSK ends practice
// deeds_house.c: what happens besides people.
#include "flow/story.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void story_saw(struct story *story)
{
    const char *name = story->kiosk->screen;
    size_t i = 0;

    story->shown_count++;
    while (i < story->screen_count && strcmp(story->screens[i].name, name) != 0) i++;
    if (i == STORY_MOST_SCREENS) story_complain(story, "too many different screens");
    if (i == story->screen_count) {
        text_copy(story->screens[i].name, VIEW_NAME_SIZE, name);
        story->screens[story->screen_count++].count = 0;
    }
    story->screens[i].count++;
}

static void saw(struct story *story, const char *screen)
{
    text_copy(story->kiosk->screen, VIEW_NAME_SIZE, screen);
    story_saw(story);
}

// "12b": 12, second ticket. Moves on behind it.
static struct who read_who(struct story *story, const char **at)
{
    struct who who = {.is_walk_in = **at == 'W'};
    char *end = NULL;

    who.number = strtoul(*at + who.is_walk_in, &end, 10);
    if (end == *at + who.is_walk_in || who.number == 0) story_complain(story, "nobody is called %s", *at);
    if (*end >= 'b' && *end < 'a' + WORLD_MOST_TICKETS) who.ticket = *end++ - 'a';
    who.is_old = strncmp(end, "old", 3) == 0;
    if (who.is_old) end += 3;
    *at = end;
    return who;
}

void story_each(struct story *story, const char *people, story_visitor *visit)
{
    const struct world *world = story->world;

    while (*people) {
        struct who first = read_who(story, &people), last = first;
        if (*people == '-') {
            people++;
            last = read_who(story, &people);
        }
        size_t most = first.is_walk_in ? world->walk_in_count : world->people_count;
        if (last.number > most) story_complain(story, "there are only %zu of them", most);
        for (struct who who = first; who.number <= last.number; who.number++) {
            who.ticket = last.ticket;
            who.is_old = last.is_old;
            visit(story, who);
        }
        if (*people == ',') people++;
        else if (*people) story_complain(story, "not understood: %s", people);
    }
}

static void scan(struct story *story, struct who who)
{
    world_scan(story->world, story->kiosk, who);
    story_saw(story);
}

static const char *why_of(const struct story *story)
{
    return story->words[story->word_count - 1];
}

static void ask(struct story *story, struct command command)
{
    world_obey_staff(story->world, story->kiosk, command);
    story->kiosk->list = story->kiosk->answer.stance.list; // back to what it was, when practice ends
    story->kiosk->direction = story->kiosk->answer.stance.direction;
    switch (story->kiosk->answer.kind) {
    case NOTICE_DONE:
        saw(story, "done");
        break;
    case NOTICE_TOO_LATE:
        saw(story, "too-late");
        break;
    case NOTICE_NONE:
    case NOTICE_VERDICT:
    case NOTICE_NOT_SAVED:
    case NOTICE_FOUND:
    case NOTICE_PIN:
    case NOTICE_COUNT:
    case NOTICE_UNLOCKED:
    case NOTICE_LOCKED:
    case NOTICE_WALK_IN:
    case NOTICE_NAMESAKE:
    case NOTICE_CENSUS:
    case NOTICE_NEWS:
    case NOTICE_EVENT:
        story_saw(story);
    }
}

static void note_seq(struct story *story, struct who who)
{
    const struct notice *answer = &story->kiosk->answer;

    if (answer->kind == NOTICE_VERDICT && answer->verdict.reason == REASON_OK)
        story->kiosk->seqs[world_index(who)] = answer->seq;
}

static uint64_t ticket_of(struct story *story, struct who who)
{
    return who.is_walk_in ? world_walk_in_ticket(story->world, who.number) : world_ticket(who);
}

static void tick(struct story *story, struct who who)
{
    ask(story, (struct command){.kind = COMMAND_ADMIT, .ticket = ticket_of(story, who)});
    note_seq(story, who);
}

static void force(struct story *story, struct who who)
{
    struct command command = {.kind = COMMAND_FORCE, .ticket = ticket_of(story, who)};

    text_copy(command.text, sizeof command.text, why_of(story));
    ask(story, command);
    note_seq(story, who);
}

static void sign_off(struct story *story, struct who who)
{
    struct command command = {.kind = COMMAND_EXIT, .ticket = ticket_of(story, who)};

    text_copy(command.text, sizeof command.text, why_of(story));
    ask(story, command);
    if (story->kiosk->answer.kind == NOTICE_DONE) story->kiosk->seqs[world_index(who)] = story->kiosk->answer.seq;
}

// The last one that stands, as staff see it on the person's page; of an earlier round, the one that is remembered.
static uint64_t last_seq(struct story *story, struct who who)
{
    struct command person = {.kind = COMMAND_PERSON, .ticket = ticket_of(story, who)};

    world_obey_staff(story->world, story->kiosk, person);
    if (story->kiosk->answer.kind == NOTICE_FOUND && story->kiosk->answer.seq != 0) return story->kiosk->answer.seq;
    return story->kiosk->seqs[world_index(who)];
}

static void undo(struct story *story, struct who who)
{
    struct command command = {.kind = COMMAND_UNDO, .seq = last_seq(story, who)};

    if (story->word_count > 3) text_copy(command.text, sizeof command.text, why_of(story));
    ask(story, command);
}

static void begin_round(struct story *story)
{
    struct command command = {.kind = COMMAND_ROUND};

    if (story->word_count > 2) text_copy(command.text, sizeof command.text, story->words[2]);
    ask(story, command);
}

static void serve(struct story *story)
{
    struct world_kiosk *kiosk = story->kiosk;
    const char *list = story_option(story, "list"), *direction = story_option(story, "direction");
    struct command command = {.kind = COMMAND_SERVE, .list = kiosk->list, .direction = kiosk->direction};

    if (list) command.list = (uint16_t)story_number(story, list);
    if (direction && direction_of_word(direction, &command.direction) != STATUS_OK)
        story_complain(story, "no direction: %s", direction);
    ask(story, command);
}

static void walk_in(struct story *story, const char *name, uint8_t plus_ones)
{
    world_walk_in(story->world, story->kiosk, name, plus_ones);
    if (story->kiosk->answer.kind == NOTICE_WALK_IN) saw(story, "registered");
    else if (story->kiosk->answer.kind == NOTICE_NAMESAKE) saw(story, "namesake");
    else story_saw(story);
}

static void register_them(struct story *story)
{
    const char *whom = story->words[2], *plus = story_option(story, "plus");
    char name[32];

    if (whom[strspn(whom, "0123456789")] != '\0') {
        walk_in(story, whom, (uint8_t)(plus ? story_number(story, plus) : 0));
        return;
    }
    for (uint32_t i = story_number(story, whom); i > 0; i--) {
        snprintf(name, sizeof name, "Gast %zu", story->world->walk_in_count + 1);
        walk_in(story, name, 0);
    }
}

static const struct {
    const char *verb, *second; // words[1], words[2]; NULL: one word
    story_visitor *each;       // for everybody named behind it; or
    void (*once)(struct story *story);
} deeds[] = {
    {"scan", NULL, scan, NULL},    {"ticks", NULL, tick, NULL},
    {"forces", NULL, force, NULL}, {"signs", "off", sign_off, NULL},
    {"undoes", NULL, undo, NULL},  {"round", NULL, NULL, begin_round},
    {"serves", NULL, NULL, serve}, {"registers", NULL, NULL, register_them},
};

static bool is_deed(const struct story *story, const char *verb, const char *second)
{
    if (strcmp(story->words[1], verb) != 0) return false;
    return !second || (story->word_count > 2 && strcmp(story->words[2], second) == 0);
}

void story_happen(struct story *story)
{
    story->screen_count = story->shown_count = 0;
    if (story_is_of_the_house(story)) return;
    story->kiosk = world_kiosk(story->world, story->words[0]);
    if (!story->kiosk || story->word_count < 2) story_complain(story, "no kiosk is called %s", story->words[0]);
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (!is_deed(story, deeds[i].verb, deeds[i].second)) continue;
        size_t people = deeds[i].second ? 3 : 2;
        if (deeds[i].each && story->word_count <= people) story_complain(story, "who?");
        if (deeds[i].each) story_each(story, story->words[people], deeds[i].each);
        else deeds[i].once(story);
        return;
    }
    if (is_deed(story, "delivers", NULL) && story->word_count > 2)
        ask(story, (struct command){.kind = COMMAND_STOCK, .number = atoi(story->words[2])});
    else if (is_deed(story, "practises", NULL)) ask(story, (struct command){.kind = COMMAND_PRACTISE, .number = 1});
    else if (is_deed(story, "ends", "practice")) ask(story, (struct command){.kind = COMMAND_PRACTISE});
    else if (!is_deed(story, "shows", NULL)) story_complain(story, "nobody can do that: %s", story->words[1]);
}
