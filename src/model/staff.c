#include "model/form.h"
#include "model/staff_parts.h"

#include "base/text.h"

#include <string.h>

static enum rows_kind kind_of(enum staff_page page)
{
    if (page == STAFF_SEARCH) return ROWS_FOUND;
    if (page == STAFF_MISSING) return ROWS_MISSING;
    return page == STAFF_RECENT ? ROWS_RECENT : ROWS_NONE;
}

const struct row *staff_row(const struct model *model, int row)
{
    const struct rows *rows = model->staff.rows;
    bool is_ours = rows && rows->kind == kind_of(model->staff.page);

    return is_ours && row >= 0 && (size_t)row < rows->count ? &rows->rows[row] : NULL;
}

int staff_stock_step(int row)
{
    static const int steps[STAFF_STOCK_STEPS] = {1, 10, 50, -1, -10};

    return row >= 0 && row < STAFF_STOCK_STEPS ? steps[row] : 0;
}

void staff_refresh(struct model *model)
{
    model->staff.is_stale = true;
}

// ---- pages ----

// What was typed for one page is nobody's business on the next.
void staff_turn(struct model *model, enum staff_page page, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (staff->rows && staff->rows->kind != kind_of(page)) staff->rows = NULL;
    staff->page = page;
    staff->text[0] = staff->ticket[0] = '\0';
    staff->stop = 0;
    staff->first = 0;
    staff->has_keys = page == STAFF_SEARCH && staff->search[0] == '\0';
    staff->keys = (struct keys){page == STAFF_STOCK ? KEYS_NUMBER : KEYS_TEXT, KEYS_SMALL};
    if (page == STAFF_HUB) staff_name_kiosk(model);
    staff_refresh(model);
    if (model->page == PAGE_RESULT) model->back = PAGE_STAFF;
    else model_show(model, PAGE_STAFF, mono_ms, 0);
}

static void open_page(struct model *model, int page, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    // These open with somebody, not by themselves.
    if (page < 0 || page >= STAFF_PAGE_COUNT || (page >= STAFF_PERSON && page <= STAFF_TICKET)) return;
    if (page == STAFF_HUB_CODE || (page == STAFF_HUB && !model->sync.is_hub)) return;
    if (page == STAFF_UPDATE && !staff_has_update(model)) return;
    staff->search[0] = '\0';
    staff->done = STAFF_DONE_NOTHING;
    staff->done_seq = 0;
    staff->has_census = false;
    memset(&staff->person, 0, sizeof staff->person);
    if (page == STAFF_PAIR) pairing_page_open(model, mono_ms);
    if (page == STAFF_HUB && staff->page == STAFF_SYNC && staff->hub.offer == HUB_OFFER_OPEN) page = STAFF_HUB_CODE;
    staff_turn(model, (enum staff_page)page, mono_ms);
}

void staff_door(struct model *model, int64_t mono_ms)
{
    enum page page = form_page(model);

    if (page == PAGE_STAFF || page == PAGE_PIN || page == PAGE_NOT_SAVED || page == PAGE_PAIRING ||
        page == PAGE_TROUBLE)
        return;
    form_ask_pin(model, COMMAND_FIND, 0, mono_ms);
}

static void open_person(struct model *model, uint64_t ticket, uint64_t seq, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    if (model->asked_ms != 0) return;
    memset(&staff->person, 0, sizeof staff->person);
    staff->person_seq = seq;
    if (staff->page != STAFF_PERSON) staff->back = staff->page;
    staff_turn(model, STAFF_PERSON, mono_ms);
    staff_ask_person(model, ticket, mono_ms);
}

void staff_open(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    enum command_kind wanted = staff->wanted;

    staff->wanted = COMMAND_FIND;
    staff->is_for_one = wanted == COMMAND_PERSON;
    staff->back = STAFF_MENU;
    staff_turn(model, wanted == COMMAND_UNDO ? STAFF_RECENT : STAFF_MENU, mono_ms);
    if (wanted == COMMAND_UNDO) staff_ask_undo(model, staff->wanted_ticket, staff->wanted_seq, "", mono_ms);
    if (wanted == COMMAND_PERSON) open_person(model, model->found.ticket, 0, mono_ms);
    if (wanted == COMMAND_SYNC) staff_turn(model, STAFF_SYNC, mono_ms);
}

static void leave_person(struct model *model, int64_t mono_ms)
{
    if (model->staff.is_for_one) {
        staff_lock(model, mono_ms);
        form_open(model, mono_ms);
        return;
    }
    memset(&model->staff.person, 0, sizeof model->staff.person);
    staff_turn(model, model->staff.back, mono_ms);
}

static bool is_below_sync(const struct staff *staff)
{
    return staff->page == STAFF_PAIR || staff->page == STAFF_HUB_CODE || (staff->page == STAFF_HUB && !staff->has_keys);
}

static void go_back(struct model *model, int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    model->asked_ms = 0; // whoever leaves doesn't wait for the answer; should it still come, the lists know
    if (staff->page == STAFF_MENU) staff_lock(model, mono_ms);
    else if (staff->page == STAFF_TICKET) staff_turn(model, STAFF_PERSON, mono_ms);
    else if (staff->page == STAFF_PAIR && model->pairing.has_keys) model->pairing.has_keys = false;
    else if (is_below_sync(staff)) staff_turn(model, STAFF_SYNC, mono_ms);
    else if (staff->page == STAFF_PERSON) leave_person(model, mono_ms);
    else if (staff->stop != 0 || (staff->has_keys && staff->page != STAFF_SEARCH))
        staff_turn(model, staff->page, mono_ms);
    else if (staff->page == STAFF_REASON) staff_turn(model, staff->reason_back, mono_ms);
    else open_page(model, STAFF_MENU, mono_ms);
}

// ---- somebody ----

void staff_ask_reason(struct model *model, enum command_kind wanted, uint64_t ticket, uint64_t seq, const char *name,
                      int64_t mono_ms)
{
    struct staff *staff = &model->staff;

    staff->wanted = wanted;
    staff->wanted_ticket = ticket;
    staff->wanted_seq = seq;
    text_make_showable(staff->wanted_name, sizeof staff->wanted_name, name, strlen(name));
    if (staff->page != STAFF_REASON) staff->reason_back = staff->page;
    staff_turn(model, STAFF_REASON, mono_ms);
}

struct somebody { // of a row, or the person
    uint64_t ticket, seq;
    const char *name;
    bool can_be_undone;
};

static bool find_somebody(const struct model *model, int row, int64_t mono_ms, struct somebody *out)
{
    const struct staff *staff = &model->staff;
    const struct row *of = staff_row(model, row);
    bool is_person = row == STAFF_NO_ROW && staff->page == STAFF_PERSON && staff->person.is_found;
    bool has_rested = staff->page != STAFF_MISSING || mono_ms - staff->rows_ms >= STAFF_REST_MS;

    if (is_person && mono_ms - model->since_ms >= MODEL_LOOK_MS) {
        *out = (struct somebody){staff->person.ticket, staff->person_seq, staff->person.full_name, true};
        return true;
    }
    if (!of || !has_rested) return false;
    *out = (struct somebody){of->ticket, of->past.seq, of->name, of->can_be_undone || staff->page != STAFF_RECENT};
    return true;
}

static void act_on(struct model *model, enum staff_act act, const struct somebody *who, int64_t mono_ms)
{
    bool is_signing_off = model->config.list->mode == LIST_MODE_ROLL_CALL;

    if (model->asked_ms != 0) return;
    if (act == STAFF_ACT_PICK) open_person(model, who->ticket, who->seq, mono_ms);
    else if (act == STAFF_ACT_TICKET) staff_ask_ticket(model, who->ticket, mono_ms);
    else if (act == STAFF_ACT_ADMIT) staff_ask_admit(model, who->ticket, who->name, mono_ms);
    else if (act == STAFF_ACT_FORCE) staff_ask_reason(model, COMMAND_FORCE, who->ticket, 0, who->name, mono_ms);
    else if (act == STAFF_ACT_EXIT && !is_signing_off) staff_ask_exit(model, who->ticket, who->name, mono_ms);
    else if (act == STAFF_ACT_EXIT) staff_ask_reason(model, COMMAND_EXIT, who->ticket, 0, who->name, mono_ms);
    else if (act == STAFF_ACT_UNDO && !who->can_be_undone)
        staff_ask_reason(model, COMMAND_UNDO, who->ticket, who->seq, who->name, mono_ms);
    else if (act == STAFF_ACT_UNDO && who->seq != 0) staff_ask_undo(model, who->ticket, who->seq, who->name, mono_ms);
}

// ---- lists ----

static void scroll(struct model *model, int rows)
{
    struct staff *staff = &model->staff;
    const struct rows *list = staff->rows;

    if (rows < 0 && staff->first < (uint32_t)-rows) staff->first = 0;
    else staff->first = (uint32_t)((int64_t)staff->first + rows);
    if (!list || staff->page != STAFF_MISSING) return;
    bool is_before = staff->first < list->from, is_beyond = list->has_more && staff->first > list->from;
    if (is_before || is_beyond) staff_refresh(model);
}

static void act_on_page(struct model *model, enum staff_act act, int row, int64_t mono_ms)
{
    struct staff *staff = &model->staff;
    char room[RECORD_WHY_SIZE];

    if (act == STAFF_ACT_REASON && staff->page == STAFF_REASON && (size_t)row < staff_reason_count(model))
        staff_ask_wanted(model, staff_reason_words(model, (size_t)row, room, sizeof room), mono_ms);
    if (act == STAFF_ACT_TYPE) staff->has_keys = !staff->has_keys;
    if (act == STAFF_ACT_CLEAR) {
        staff->text[0] = staff->search[0] = '\0';
        staff->first = 0;
        staff->has_keys = true;
        staff_refresh(model);
    }
    if (act == STAFF_ACT_CONFIRM) staff_confirm(model, mono_ms);
    if (act == STAFF_ACT_STOP && row < (int)model->config.event->stop_count) staff_choose_stop(model, 1 + row, mono_ms);
    if (act == STAFF_ACT_STOCK && staff_stock_step(row) != 0) staff_ask_stock(model, staff_stock_step(row), mono_ms);
    if (act == STAFF_ACT_MORE || act == STAFF_ACT_LESS) scroll(model, act == STAFF_ACT_MORE ? row : -row);
}

void staff_act(struct model *model, int key, int64_t mono_ms)
{
    enum staff_act act = (enum staff_act)(key / 256);
    int row = key % 256;
    struct somebody who;

    if (model->page != PAGE_STAFF || model->staff.session == 0) return;
    switch (act) {
    case STAFF_ACT_OPEN:
        if (model->asked_ms == 0) open_page(model, row, mono_ms);
        break;
    case STAFF_ACT_BACK:
        go_back(model, mono_ms);
        break;
    case STAFF_ACT_LOCK:
        staff_lock(model, mono_ms);
        break;
    case STAFF_ACT_PICK:
    case STAFF_ACT_ADMIT:
    case STAFF_ACT_FORCE:
    case STAFF_ACT_EXIT:
    case STAFF_ACT_UNDO:
    case STAFF_ACT_TICKET:
        if (find_somebody(model, row, mono_ms, &who)) act_on(model, act, &who, mono_ms);
        break;
    case STAFF_ACT_UNDO_DONE:
        if (model->staff.done_seq != 0)
            staff_ask_undo(model, 0, model->staff.done_seq, model->staff.done_name, mono_ms);
        break;
    case STAFF_ACT_REASON:
    case STAFF_ACT_TYPE:
    case STAFF_ACT_CLEAR:
    case STAFF_ACT_CONFIRM:
    case STAFF_ACT_MORE:
    case STAFF_ACT_LESS:
    case STAFF_ACT_STOP:
    case STAFF_ACT_STOCK:
        act_on_page(model, act, row, mono_ms);
        break;
    case STAFF_ACT_SYNC:
        staff_ask_sync(model, COMMAND_SYNC, mono_ms);
        break;
    case STAFF_ACT_EXPORT:
        staff_ask_sync(model, COMMAND_EXPORT, mono_ms);
        break;
    case STAFF_ACT_LIST:
    case STAFF_ACT_DIRECTION:
    case STAFF_ACT_LANGUAGE:
    case STAFF_ACT_VOLUME:
    case STAFF_ACT_BRIGHTNESS:
    case STAFF_ACT_LARGE:
    case STAFF_ACT_CONTRAST:
    case STAFF_ACT_PRACTISE:
    case STAFF_ACT_UPDATE:
    case STAFF_ACT_SHUT_DOWN:
        staff_set(model, act, row, mono_ms);
        break;
    }
}
