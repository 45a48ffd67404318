#include "model/form.h"
#include "model/staff_parts.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

static struct command *put(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    struct command *command = model_command(model, kind, mono_ms);

    command->session = model->staff.session;
    model->staff.kept_ms = mono_ms;
    return command;
}

// NULL: another question is open.
static struct command *ask(struct model *model, enum command_kind kind, const char *name, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (model->asked_ms != 0) return NULL;
    model->asked_ms = mono_ms > 0 ? mono_ms : 1;
    staff->asked = kind;
    if (kind != COMMAND_PERSON) { // to look at somebody doesn't hide what was done
        staff->done = STAFF_DONE_NOTHING;
        staff->done_seq = 0;
        text_make_showable(staff->done_name, sizeof staff->done_name, name, strlen(name));
    }
    return put(model, kind, mono_ms);
}

void staff_ask_person(struct model *model, uint64_t ticket, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_PERSON, "", mono_ms);

    if (command) command->ticket = ticket;
}

void staff_ask_ticket(struct model *model, uint64_t ticket, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_TICKET, "", mono_ms);

    if (command) command->ticket = ticket;
}

void staff_ask_admit(struct model *model, uint64_t ticket, const char *name, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_ADMIT, name, mono_ms);

    if (command) command->ticket = ticket;
}

void staff_ask_exit(struct model *model, uint64_t ticket, const char *name, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_EXIT, name, mono_ms);

    if (command) command->ticket = ticket;
}

void staff_ask_undo(struct model *model, uint64_t ticket, uint64_t seq, const char *name, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_UNDO, name, mono_ms);

    if (!command) return;
    command->ticket = ticket;
    command->seq = seq;
    // Should it be too late for doing it without a reason.
    model->staff.wanted = COMMAND_UNDO;
    model->staff.wanted_ticket = ticket;
    model->staff.wanted_seq = seq;
    text_copy(model->staff.wanted_name, sizeof model->staff.wanted_name, model->staff.done_name);
}

void staff_ask_wanted(struct model *model, const char *why, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    struct command *command = ask(model, staff->wanted, staff->wanted_name, mono_ms);

    if (!command) return;
    command->ticket = staff->wanted_ticket;
    command->seq = staff->wanted_seq;
    text_copy(command->text, sizeof command->text, why);
}

void staff_ask_round(struct model *model, const char *stop, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_ROUND, stop, mono_ms);

    if (command) text_copy(command->text, RECORD_STOP_SIZE, stop);
}

void staff_ask_stock(struct model *model, int32_t number, int64_t mono_ms)
{
    char words[16];
    struct command *command;

    snprintf(words, sizeof words, "%+d", (int)number);
    command = ask(model, COMMAND_STOCK, words, mono_ms);
    if (command) command->number = number;
}

void staff_ask_serve(struct model *model, uint16_t list, enum direction direction, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_SERVE, "", mono_ms);

    if (!command) return;
    command->list = list;
    command->direction = direction;
}

void staff_ask_practise(struct model *model, bool is_practising, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_PRACTISE, "", mono_ms);

    if (command) command->number = is_practising;
}

void staff_ask_sync(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    ask(model, kind, "", mono_ms);
}

void staff_ask_hub(struct model *model, const char *name, int64_t mono_ms)
{
    struct command *command = ask(model, COMMAND_HUB, "", mono_ms);

    if (command) text_copy(command->text, sizeof command->text, name);
}

// ---- what is asked beside that ----

void staff_look_at_hub(struct model *model, int64_t mono_ms)
{
    model->staff.is_stale = false;
    model->staff.hub_looked_ms = mono_ms;
    put(model, COMMAND_HUB, mono_ms);
}

static size_t letter_count(const char *text)
{
    size_t count = 0;

    for (uint32_t point; (point = text_next(&text)) != 0;) count += point != ' ';
    return count;
}

static void ask_rows(struct model *model, enum command_kind kind, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    struct command *command;

    staff->is_stale = false;
    if (kind == COMMAND_SEARCH && letter_count(staff->search) < STAFF_LEAST_LETTERS) {
        staff->rows = NULL;
        return;
    }
    command = put(model, kind, mono_ms);
    if (kind == COMMAND_SEARCH) text_copy(command->text, sizeof command->text, staff->search);
    if (kind == COMMAND_MISSING) command->number = (int32_t)staff->first;
    staff->listing_ms = mono_ms > 0 ? mono_ms : 1;
}

// Beside the codes of guests, the desk looks for a pairing offer; it is told again before it forgets.
static void look_for_offer(struct model *model, bool is_wanted, int64_t mono_ms)
{
    put(model, COMMAND_PAIR, mono_ms)->number = is_wanted;
    model->staff.is_stale = false;
    model->staff.offer_ms = !is_wanted ? 0 : mono_ms > 0 ? mono_ms : 1;
}

static void list_anew(struct model *model, int64_t mono_ms)
{
    switch (model->staff.page) {
    case STAFF_SEARCH:
        ask_rows(model, COMMAND_SEARCH, mono_ms);
        break;
    case STAFF_MISSING:
        ask_rows(model, COMMAND_MISSING, mono_ms);
        break;
    case STAFF_RECENT:
        ask_rows(model, COMMAND_RECENT, mono_ms);
        break;
    case STAFF_COUNTS:
        model->staff.is_stale = false;
        model->staff.listing_ms = mono_ms > 0 ? mono_ms : 1;
        put(model, COMMAND_CENSUS, mono_ms);
        break;
    case STAFF_PAIR:
        look_for_offer(model, true, mono_ms);
        break;
    case STAFF_SYNC:
    case STAFF_HUB:
    case STAFF_HUB_CODE:
        if (staff_is_of_hub(model)) staff_look_at_hub(model, mono_ms);
        else model->staff.is_stale = false;
        break;
    case STAFF_MENU:
    case STAFF_PERSON:
    case STAFF_REASON:
    case STAFF_TICKET:
    case STAFF_ROUND:
    case STAFF_STOCK:
    case STAFF_SERVE:
    case STAFF_SCREEN:
    case STAFF_CHECK:
    case STAFF_UPDATE:
    case STAFF_SHUT_DOWN:
    case STAFF_PAGE_COUNT:
        model->staff.is_stale = false;
        break;
    }
}

// One setting that was changed, as "key=value".
static void write_setting(const struct model *model, enum staff_setting setting, char *out, size_t out_size)
{
    const char *language = model->config.language == LANGUAGE_DE ? "de" : "en";

    switch (setting) {
    case STAFF_SETTING_VOLUME:
        snprintf(out, out_size, "volume=%d", model->volume);
        break;
    case STAFF_SETTING_BRIGHTNESS:
        snprintf(out, out_size, "brightness=%d", model->brightness);
        break;
    case STAFF_SETTING_LARGE_TEXT:
        snprintf(out, out_size, "large_text=%d", model->is_large_text);
        break;
    case STAFF_SETTING_HIGH_CONTRAST:
        snprintf(out, out_size, "high_contrast=%d", model->is_high_contrast);
        break;
    case STAFF_SETTING_LANGUAGE:
        snprintf(out, out_size, "language=%s", language);
        break;
    }
}

static void remember(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    unsigned setting = staff->unremembered & -staff->unremembered; // the lowest bit
    struct command *command = put(model, COMMAND_REMEMBER, mono_ms);

    staff->remembering = setting;
    staff->unremembered &= ~setting;
    write_setting(model, (enum staff_setting)setting, command->text, sizeof command->text);
}

void staff_tick(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    int64_t for_one_ms = staff->page == STAFF_TICKET ? WALK_TICKET_IDLE_MS : MODEL_IDLE_MS;
    int64_t most_ms = staff->is_for_one ? for_one_ms : DESK_SESSION_MS;

    bool is_over = mono_ms - model->touched_ms >= most_ms || form_page(model) != PAGE_STAFF;

    if (staff->session != 0 && is_over) staff_lock(model, mono_ms);
    if (staff->listing_ms != 0 && mono_ms - staff->listing_ms >= MODEL_ANSWER_MS) {
        staff->listing_ms = 0;
        staff->is_stale = true;
    }
    if (staff->offer_ms != 0 && mono_ms - staff->offer_ms >= DESK_PAIR_MS / 2) staff->is_stale = true;
    staff_tick_hub(model, mono_ms);
    staff_tick_update(model, mono_ms);
    if (model->has_command) return;
    if (staff->unremembered) remember(model, mono_ms);
    else if (staff->session == 0) return;
    else if (staff->offer_ms != 0 && staff->page != STAFF_PAIR) look_for_offer(model, false, mono_ms);
    else if (staff->is_stale && staff->listing_ms == 0) list_anew(model, mono_ms);
    else if (model->touched_ms > staff->kept_ms && mono_ms - staff->kept_ms >= STAFF_TOUCH_MS)
        put(model, COMMAND_TOUCH, mono_ms);
}

// ---- locking ----

static void forget(struct model *model)
{
    unsigned unremembered = model->staff.unremembered;

    memset(&model->staff, 0, sizeof model->staff);
    model->staff.unremembered = unremembered;
}

void staff_lock(struct model *model, int64_t mono_ms)
{
    bool is_shown = form_page(model) == PAGE_STAFF;

    if (model->staff.session != 0) put(model, COMMAND_LOCK, mono_ms);
    forget(model);
    if (!is_shown) return;
    if (model->page == PAGE_RESULT) model->back = PAGE_READY;
    else model_show_ready(model, mono_ms);
}
