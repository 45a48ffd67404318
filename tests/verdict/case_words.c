#include "support/check.h"
#include "verdict/case_words.h"

#include "base/clock.h"

#include <errno.h>
#include <stdlib.h>

enum { EVENT = 7, TODAY = 600, MINUTE_MS = 60000, SECOND_MS = 1000 };
static const int64_t now_ms = 1795341152123;

// What a word does to the question: how its value is read and where it goes. A word may have several rows.
enum shape {
    FLAG,      // no value; `base` is stored
    NUMBER,    // base + scale * number
    GIVEN,     // `base` is stored because there is a number
    ID_SET,    // numbers with commas between
    STATUS,    // guest_status word
    MODE,      // list_mode word
    DIRECTION, // direction word
    CLOCK,     // clock_state word; stores whether it is trusted
    SECTION,   // starts a section; a FLAG too where `size` > 0
};
struct term {
    const char *section, *word;
    enum shape shape;
    size_t at, size;
    int64_t base, scale;
};

#define AT(member) offsetof(struct question, member), sizeof((struct question *)0)->member
static const struct term terms[] = {
    {"ticket", "ticket", SECTION, AT(claim), CLAIM_TICKET, 0},
    {"ticket", "genuine", FLAG, AT(is_genuine), true, 0},
    {"ticket", "forged", FLAG, AT(is_genuine), false, 0},
    {"ticket", "walk_in", FLAG, AT(is_walk_in_only), true, 0},
    {"ticket", "practice", FLAG, AT(ticket.is_practice), true, 0},
    {"ticket", "event", NUMBER, AT(ticket.event), 0, 1},
    {"ticket", "class", NUMBER, AT(ticket.class_id), 0, 1},
    {"ticket", "group", NUMBER, AT(ticket.group), 0, 1},
    {"ticket", "generation", NUMBER, AT(ticket.generation), 0, 1},
    {"ticket", "from", NUMBER, AT(ticket.from_day), TODAY, 1},
    {"ticket", "until", NUMBER, AT(ticket.until_day), TODAY, 1},
    {"foreign", "foreign", SECTION, AT(claim), CLAIM_ROSTER, 0},
    {"ambiguous", "ambiguous", SECTION, AT(claim), CLAIM_AMBIGUOUS, 0},
    {"nothing", "nothing", SECTION, AT(claim), CLAIM_NOTHING, 0},
    {"roster", "roster", SECTION, AT(guest.is_listed), true, 0},
    {"roster", "class", NUMBER, AT(guest.class_id), 0, 1},
    {"roster", "group", NUMBER, AT(guest.group), 0, 1},
    {"roster", "least", NUMBER, AT(guest.least_generation), 0, 1},
    {"roster", "status", STATUS, AT(guest.status), 0, 0},
    {"list", "list", SECTION, 0, 0, 0, 0},
    {"list", "mode", MODE, AT(list.mode), 0, 0},
    {"list", "classes", ID_SET, AT(list.classes), 0, 0},
    {"list", "groups", ID_SET, AT(list.groups), 0, 0},
    {"list", "opens", NUMBER, AT(list.opens_ms), now_ms, MINUTE_MS},
    {"list", "closes", NUMBER, AT(list.closes_ms), now_ms, MINUTE_MS},
    {"list", "capacity", NUMBER, AT(list.capacity), 0, 1},
    {"list", "after", NUMBER, AT(list.after), 0, 1},
    {"past", "past", SECTION, 0, 0, 0, 0},
    {"past", "inside", FLAG, AT(history.ticket.is_known), true, 0},
    {"past", "inside", FLAG, AT(history.ticket.is_entry), true, 0},
    {"past", "inside", FLAG, AT(history.person.is_known), true, 0},
    {"past", "inside", FLAG, AT(history.person.is_entry), true, 0},
    {"past", "out", FLAG, AT(history.ticket.is_known), true, 0},
    {"past", "out", FLAG, AT(history.ticket.is_entry), false, 0},
    {"past", "out", FLAG, AT(history.person.is_known), true, 0},
    {"past", "out", FLAG, AT(history.person.is_entry), false, 0},
    {"past", "person_inside", FLAG, AT(history.person.is_known), true, 0},
    {"past", "person_inside", FLAG, AT(history.person.is_entry), true, 0},
    {"past", "person_out", FLAG, AT(history.person.is_known), true, 0},
    {"past", "person_out", FLAG, AT(history.person.is_entry), false, 0},
    {"past", "ago", NUMBER, AT(history.person.unix_ms), now_ms, -SECOND_MS},
    {"past", "aboard", FLAG, AT(history.is_aboard), true, 0},
    {"past", "signed_off", FLAG, AT(history.is_signed_off), true, 0},
    {"past", "of_another", FLAG, AT(history.is_of_another), true, 0},
    {"past", "passed", FLAG, AT(history.has_passed_after), true, 0},
    {"door", "door", SECTION, 0, 0, 0, 0},
    {"door", "clock", CLOCK, AT(is_clock_trusted), 0, 0},
    {"door", "inside", NUMBER, AT(inside), 0, 1},
    {"door", "direction", DIRECTION, AT(direction), 0, 0},
    {"door", "left", GIVEN, AT(is_stock_limited), true, 0},
    {"door", "left", NUMBER, AT(left), 0, 1},
    {"door", "forced", FLAG, AT(is_forced), true, 0},
};

struct question case_usual_question(void)
{
    return (struct question){
        .ticket = {.event = EVENT, .from_day = TODAY, .until_day = TODAY, .class_id = 1},
        .event = EVENT,
        .guest = {.class_id = 1},
        .list = {.id = 1, .mode = LIST_MODE_ONCE},
        .today = TODAY,
        .unix_ms = now_ms,
        .is_clock_trusted = true,
    };
}

static bool store(void *to, size_t size, int64_t value)
{
    if (size == 1 && value >= 0 && value <= UINT8_MAX) memcpy(to, &(uint8_t){(uint8_t)value}, size);
    else if (size == 2 && value >= 0 && value <= UINT16_MAX) memcpy(to, &(uint16_t){(uint16_t)value}, size);
    else if (size == 4 && value >= 0 && value <= UINT32_MAX) memcpy(to, &(uint32_t){(uint32_t)value}, size);
    else if (size == 8) memcpy(to, &value, size);
    else return false;
    return true;
}

static bool read_number(const char *text, int64_t *out)
{
    char *end;

    errno = 0;
    *out = strtoll(text, &end, 10);
    return end != text && *end == '\0' && errno == 0;
}

static bool read_id_set(char *text, struct id_set *out)
{
    char *rest;

    for (char *id = strtok_r(text, ",", &rest); id; id = strtok_r(NULL, ",", &rest)) {
        int64_t number;
        if (!read_number(id, &number) || number < 0 || number > UINT8_MAX) return false;
        id_set_add(out, (uint8_t)number);
    }
    return !id_set_is_empty(out);
}

static bool read_clock(const char *word, bool *out)
{
    for (int state = CLOCK_STATE_UNSET; state <= CLOCK_STATE_MANUAL; state++)
        if (strcmp(word, clock_state_word((enum clock_state)state)) == 0) {
            *out = clock_state_is_trusted((enum clock_state)state);
            return true;
        }
    return false;
}

static bool apply(const struct term *term, char *value, struct question *question)
{
    char *to = (char *)question + term->at;
    int64_t number;

    switch (term->shape) {
    case SECTION:
        return term->size == 0 || store(to, term->size, term->base);
    case FLAG:
    case GIVEN:
        return store(to, term->size, term->base);
    case NUMBER:
        return read_number(value, &number) && store(to, term->size, term->base + term->scale * number);
    case ID_SET:
        return read_id_set(value, (struct id_set *)(void *)to);
    case STATUS:
        return guest_status_of_word(value, (enum guest_status *)(void *)to) == STATUS_OK;
    case MODE:
        return list_mode_of_word(value, (enum list_mode *)(void *)to) == STATUS_OK;
    case DIRECTION:
        return direction_of_word(value, (enum direction *)(void *)to) == STATUS_OK;
    case CLOCK:
        return read_clock(value, (bool *)to);
    }
    return false;
}

static bool is_meant(const struct term *term, const char *section, const char *word, bool has_value)
{
    bool wants_value = term->shape != FLAG && term->shape != SECTION;

    return strcmp(term->section, section) == 0 && strcmp(term->word, word) == 0 && wants_value == has_value;
}

static bool apply_word(const char *section, const char *word, char *value, struct question *question)
{
    bool is_known = false;

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        if (!is_meant(&terms[i], section, word, value != NULL)) continue;
        if ((terms[i].shape == SECTION) != (word == section) || !apply(&terms[i], value, question)) return false;
        is_known = true;
    }
    return is_known;
}

static bool read_section(char *text, struct question *question, const char **wrong_word)
{
    char *rest;
    const char *section = NULL;

    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(word, '=');
        if (value) *value++ = '\0';
        *wrong_word = word;
        if (!section) section = word;
        if (!apply_word(section, word, value, question)) return false;
    }
    *wrong_word = "an empty section";
    return section != NULL;
}

static bool read_expectation(char *text, struct expectation *out, const char **wrong_word)
{
    char *rest, *word = strtok_r(text, " ", &rest);

    *wrong_word = word ? word : "no reason";
    if (!word || reason_of_word(word, &out->reason) != STATUS_OK) return false;
    while ((word = strtok_r(NULL, " ", &rest))) {
        *wrong_word = word;
        if (strcmp(word, "practice") == 0) out->is_practice = true;
        else if (strcmp(word, "doubtful") == 0) out->is_clock_doubtful = true;
        else if (strcmp(word, "exit") == 0) out->is_exit = true;
        else if (strcmp(word, "friendly") == 0) out->is_friendly = true;
        else return false;
    }
    return true;
}

bool case_read(char *line, struct question *question, struct expectation *expected, const char **wrong_word)
{
    char *arrow = strstr(line, "=>"), *rest;

    *wrong_word = "no =>";
    if (!arrow) return false;
    *arrow = '\0';
    for (char *section = strtok_r(line, "|", &rest); section; section = strtok_r(NULL, "|", &rest))
        if (!read_section(section, question, wrong_word)) return false;
    return read_expectation(arrow + 2, expected, wrong_word);
}
