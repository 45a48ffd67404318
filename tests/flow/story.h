// story.h -- a story as an organiser would tell it, played at real kiosks (support/world.h).
// A line is a happening and what must follow from it:
//
//   08:02 Bus1 scan 1-38                     => welcome, 38 of 40
//   08:05 Bus1 scan 12                       => already, 38 of 40
//   08:07 Bus1 signs off 40 "Nach Hause gegangen" => done, 38 of 39
//
// Before the first happening stand the event, its people and its kiosks:
//   list 1 "Bus 1" roll_call groups=1 [classes=] [capacity=] [stock=] [after=] [opens=18:00] [closes=22:00]
//   class 4 "Team" staff        group 1 "Bus 1"        stop "Brilon"
//   walk-ins class=6 plus-ones=3
//   people 1-40 class=1 group=1 [tickets=2] [status=unpaid] [generation=1] [withdrawn] [unnumbered]
//   kiosk Bus1 list=1 [direction=exit]
// Who: 7, 1-38, 1,5,9-12, 12b (their second ticket), 12old (the paper from before it was issued again), W3 and W1-80
// (walk-ins in the order they came, at any kiosk).
// What happens: see deeds.c. What must follow, separated by commas:
//   welcome            the screen each of them saw (view_name); "36 welcome" so many of them
//   N of M             persons inside, and expected
//   inside N, left N, missing N, missing N: 3 7 12, round N, given N
// "recount" instead of a kiosk's name: everything is counted again from the logs (see recount.h) and must agree, and
// `einlass log verify` has nothing to say; behind => "all N" (inside, over all kiosks and lists), "all given N",
// "walk-ins N". Empty lines and # are for people.
#ifndef EINLASS_TESTS_FLOW_STORY_H
#define EINLASS_TESTS_FLOW_STORY_H

#include "support/world.h"

#include <stdio.h>

enum { STORY_MOST_WORDS = 16, STORY_MOST_SCREENS = 16, STORY_LINE_SIZE = 512 };

struct story {
    const char *path;
    int line;
    bool is_open; // the first happening has begun
    struct world *world;

    char text[STORY_LINE_SIZE];
    size_t word_count;
    char *words[STORY_MOST_WORDS]; // before "=>"
    char *expected;                // behind it; NULL: nothing

    // What the line led to.
    struct world_kiosk *kiosk;
    size_t screen_count, shown_count;
    struct {
        char name[VIEW_NAME_SIZE];
        unsigned count;
    } screens[STORY_MOST_SCREENS];
};

_Noreturn void story_complain(const struct story *story, const char *format, ...) __attribute__((format(printf, 2, 3)));

// "1-3,9b,W2": calls for each; in order.
typedef void story_visitor(struct story *story, struct who who);
void story_each(struct story *story, const char *people, story_visitor *visit);
const char *story_option(const struct story *story, const char *name); // of "name=value"; NULL: not there
uint32_t story_number(const struct story *story, const char *text);

bool story_has_word(const struct story *story, const char *word);
void story_tell_people(struct story *story, const char *people); // "41-45", who weren't there before
void story_change(struct story *story, struct who who);          // what the office says of them now
bool story_is_of_the_house(struct story *story);                 // deeds_house.c: true: it was, and has happened

void story_tell(struct story *story);   // event, people, kiosks: the line is no happening
void story_happen(struct story *story); // words[0] is a kiosk
void story_saw(struct story *story);    // notes the kiosk's screen
void story_expect(struct story *story);
void story_recount(struct story *story);

#endif
