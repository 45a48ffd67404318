// What happens in a story besides people coming and going.
//   office changes PEOPLE class= group= tickets= status= generation= withdrawn unnumbered numbered
//   office adds 41-45 class=1 group=2
//   office adds 46-46 class=6 walk-in=3      W3 is on the roster now, with the ticket they have
//   KIOSK starts again                 it was killed, in the middle of everything, and has the roster it had
//   KIOSK starts again with the new list
//   KIOSK opens for 120                the PIN page is open, and this ticket is held up: unlocked, or what it is
//   answered clock is not set | clock is set    of all kiosks
#include "support/check.h"
#include "flow/story.h"

#include "base/text.h"

static void office(struct story *story)
{
    if (story->word_count < 4) story_complain(story, "office changes (or adds) PEOPLE …");
    if (strcmp(story->words[1], "changes") == 0) story_each(story, story->words[2], story_change);
    else if (strcmp(story->words[1], "adds") == 0) story_tell_people(story, story->words[2]);
    else story_complain(story, "the office doesn't do that: %s", story->words[1]);
    world_change_people(story->world);
}

static void set_clock(struct story *story)
{
    story->world->hand.clock_state = story_has_word(story, "not") ? CLOCK_STATE_UNSET : CLOCK_STATE_NTP;
}

static void open_for(struct story *story, struct who who)
{
    world_show_staff_ticket(story->world, story->kiosk, who);
    if (story->kiosk->answer.kind == NOTICE_UNLOCKED) text_copy(story->kiosk->screen, VIEW_NAME_SIZE, "unlocked");
    story_saw(story);
}

bool story_is_of_the_house(struct story *story)
{
    const char *who = story->words[0], *what = story->word_count > 1 ? story->words[1] : "";

    if (strcmp(who, "office") == 0) office(story);
    else if (strcmp(who, "clock") == 0) set_clock(story);
    else if (!(story->kiosk = world_kiosk(story->world, who))) return false;
    else if (strcmp(what, "starts") == 0) world_restart(story->world, story->kiosk, story_has_word(story, "new"));
    else if (strcmp(what, "opens") == 0 && story->word_count > 3) story_each(story, story->words[3], open_for);
    else return false;
    return true;
}
