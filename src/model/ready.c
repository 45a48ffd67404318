#include "model/ready.h"

#include "base/text.h"

#include <stdio.h>

// Said before people queue for nothing. Who leaves makes room, and is always let out.
static bool call_off(const struct model *model, const struct words *words, struct ready *out)
{
    bool is_exit_only = out->has_direction && model->stance.direction == DIRECTION_EXIT;

    if (model_is_used_up(model)) {
        out->call = say(words, "Alles ausgegeben");
        out->line = say(words, "Bitte zum Team");
    } else if (model_is_full(model) && out->has_direction && !is_exit_only) {
        bool lets_out = model->stance.direction == DIRECTION_AUTO;
        out->call = say(words, "Voll: bitte warten");
        out->line = lets_out ? say(words, "Wer geht, zeigt das Ticket und macht Platz.")
                             : say(words, "Sobald jemand geht, ist wieder Platz.");
    } else if (model_is_full(model) && !is_exit_only) {
        out->call = say(words, "Alles besetzt");
        out->line = say(words, "Bitte zum Team");
    } else return false;
    return true;
}

// A hint takes the place of the invitation: there is one sentence on a screen.
static const char *invitation(const struct model *model, const struct words *words, bool is_exit)
{
    switch (model_advice(model)) {
    case HINT_NEARER:
        return say(words, "Bitte näher heran");
    case HINT_FARTHER:
        return say(words, "Bitte weiter weg");
    case HINT_BRIGHTER:
        return say(words, "Displayhelligkeit erhöhen");
    case HINT_BLIND:
        return say(words, "Lesen gestört, bitte zum Team");
    case HINT_NONE:
    case HINT_COVERED:
    case HINT_COUNT:
        break;
    }
    if (model_has_no_camera(model)) return say(words, "Bitte zum Team, oder auf „Ohne Ticket?“ tippen");
    if (is_exit) return say(words, "Zum Gehen das Ticket zeigen");
    return say(words, "Ticket vor die Kamera halten");
}

static void write_call(const struct model *model, const struct words *words, struct ready *out)
{
    bool is_exit = out->has_direction && model->stance.direction == DIRECTION_EXIT;

    out->line = "";
    out->is_off = call_off(model, words, out);
    if (out->is_off) return;
    out->call = invitation(model, words, is_exit);
    if (model_advice(model) == HINT_COVERED) out->line = say(words, "Die Kamera ist verdeckt");
}

static void write_roll_call(const struct headcount *count, const struct words *words, struct ready *out)
{
    bool is_complete = count->expected > 0 && count->inside >= count->expected;

    if (is_complete) snprintf(out->count, sizeof out->count, say(words, "Alle da: %u"), count->inside);
    else if (count->expected > 0)
        snprintf(out->count, sizeof out->count, say(words, "%u von %u da"), count->inside, count->expected);
    if (count->stop[0]) text_make_showable(out->more, sizeof out->more, count->stop, sizeof count->stop);
    else if (count->round > 0) snprintf(out->more, sizeof out->more, say(words, "Runde %u"), count->round);
    out->is_count_large = true;
}

static void write_hand_out(const struct headcount *count, const struct words *words, struct ready *out)
{
    long long left = count->left > 0 ? (long long)count->left : 0;

    if (count->is_limited) snprintf(out->count, sizeof out->count, say(words, "noch %lld"), left);
    else snprintf(out->count, sizeof out->count, say(words, "%u ausgegeben"), count->given);
    out->is_count_large = true;
}

// Walk-ins are inside without having been expected: then the two numbers are no part and whole.
void ready_write_here(const struct model *model, const struct words *words, char *out, size_t out_size)
{
    uint32_t inside = model->headcount.inside, expected = model->headcount.expected;
    bool has_others = model->config.event->walk_ins.is_welcome || inside > expected;

    if (expected == 0) snprintf(out, out_size, say(words, "%u da"), inside);
    else if (has_others) snprintf(out, out_size, say(words, "%u da, %u angemeldet"), inside, expected);
    else snprintf(out, out_size, say(words, "%u da von %u"), inside, expected);
}

static void write_inside(const struct model *model, const struct words *words, struct ready *out)
{
    bool has_exits = model->config.list->mode == LIST_MODE_IN_OUT;

    if (has_exits) snprintf(out->count, sizeof out->count, say(words, "%u drinnen"), model->headcount.inside);
    else ready_write_here(model, words, out->count, sizeof out->count);
}

// From nine tenths on. Where only the exit is, nobody asks.
static void warn_of_capacity(const struct model *model, const struct words *words, struct ready *out)
{
    uint32_t capacity = model->config.list->capacity, inside = model->headcount.inside;

    if (out->has_direction && model->stance.direction == DIRECTION_EXIT) return;
    if (capacity == 0 || (uint64_t)inside * 10 < (uint64_t)capacity * 9) return;
    if (inside >= capacity) return; // the call says so already
    out->is_scarce = true;
    if (capacity - inside == 1) text_copy(out->more, sizeof out->more, say(words, "noch 1 Platz"));
    else snprintf(out->more, sizeof out->more, say(words, "noch %u Plätze"), capacity - inside);
}

static void write_name(const struct model *model, struct ready *out)
{
    const struct event *event = model->config.event;
    bool has_several = event->list_count > 1;

    snprintf(out->name, sizeof out->name, "%s%s%s", has_several ? model->config.list->name : "",
             has_several ? " · " : "", event->name[model->language]);
}

void ready_of(const struct model *model, const struct words *words, struct ready *out)
{
    enum list_mode mode = model->config.list->mode;

    *out = (struct ready){.has_direction = mode == LIST_MODE_IN_OUT};
    write_name(model, out);
    write_call(model, words, out);
    if (!model->has_headcount) return;
    if (mode == LIST_MODE_ROLL_CALL) write_roll_call(&model->headcount, words, out);
    else if (mode == LIST_MODE_HAND_OUT) write_hand_out(&model->headcount, words, out);
    else write_inside(model, words, out);
    if (model_is_used_up(model)) out->count[0] = '\0'; // the call says so already
    if (!model->config.event->shows_headcount && !(mode == LIST_MODE_HAND_OUT && model->headcount.is_limited))
        out->count[0] = '\0'; // what is left is said all the same
    warn_of_capacity(model, words, out);
}

const char *ready_direction(enum direction direction, const struct words *words)
{
    if (direction == DIRECTION_EXIT) return say(words, "Ausgang");
    return direction == DIRECTION_ENTRY ? say(words, "Eingang") : say(words, "Ein- und Ausgang");
}
