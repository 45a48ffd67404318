#include "model/form.h"
#include "model/staff_parts.h"

// The field that typing goes to; NULL: none, or the desk is reading it.
static char *field(struct model *model, size_t *size_out)
{
    struct staff *staff = &model->staff;
    bool is_typed = staff->page == STAFF_REASON || staff->page == STAFF_ROUND || staff->page == STAFF_STOCK;

    if (form_page(model) != PAGE_STAFF || staff->session == 0) return NULL;
    if (staff->page == STAFF_SEARCH) {
        *size_out = sizeof staff->search;
        return staff->search;
    }
    if (staff->page == STAFF_HUB && staff->hub_asked_ms == 0) {
        *size_out = PAIRING_NAME_SIZE;
        return staff->text;
    }
    if (!is_typed || model->asked_ms != 0 || staff->stop != 0) return NULL;
    *size_out = staff->page == STAFF_ROUND ? RECORD_STOP_SIZE : RECORD_WHY_SIZE;
    return staff->text;
}

static void follow(struct model *model, const char *text)
{
    struct staff *staff = &model->staff;

    keys_follow(&staff->keys, text, staff->page == STAFF_HUB);
    form_hurry_result(model);
    if (staff->page != STAFF_SEARCH) {
        staff->has_keys = true;
        return;
    }
    staff->first = 0;
    staff_refresh(model);
}

// Letters typed on the menu or while reading out who is missing look for somebody.
static void turn_to_search(struct model *model, int64_t mono_ms)
{
    enum staff_page page = model->staff.page;

    if (model->page != PAGE_STAFF || model->asked_ms != 0) return;
    if (page == STAFF_MENU || page == STAFF_MISSING) staff_turn(model, STAFF_SEARCH, mono_ms);
}

void staff_type(struct model *model, const char *text, int64_t mono_ms)
{
    size_t size;
    char *to;

    if (model->staff.page == STAFF_PAIR) pairing_page_type(model, text);
    turn_to_search(model, mono_ms);
    to = field(model, &size);
    if (!to) return;
    field_append(to, size, text);
    follow(model, to);
    if (model->staff.page == STAFF_SEARCH) model->staff.has_keys = false; // there is a keyboard: room for the list
}

void staff_point(struct model *model, int point, int64_t mono_ms)
{
    size_t size;
    char *to = field(model, &size), text[8] = "";

    (void)mono_ms;
    if (model->staff.page == STAFF_PAIR && field_append_point(text, sizeof text, point)) pairing_page_type(model, text);
    if (!to) return;
    field_append_point(to, size, point);
    follow(model, to);
}

void staff_erase(struct model *model, int64_t mono_ms)
{
    size_t size;
    char *from = field(model, &size);

    (void)mono_ms;
    if (model->staff.page == STAFF_PAIR) pairing_page_erase(model);
    if (!from) return;
    field_erase(from);
    follow(model, from);
}

int staff_default_key(const struct model *model)
{
    const struct staff *staff = &model->staff;

    switch (staff->page) {
    case STAFF_SEARCH:
        return staff_row(model, 0) && !staff->is_stale && staff->listing_ms == 0 ? staff_key(STAFF_ACT_PICK, 0) : -1;
    case STAFF_PERSON:
        return staff_key(STAFF_ACT_ADMIT, STAFF_NO_ROW);
    case STAFF_REASON:
    case STAFF_ROUND:
    case STAFF_STOCK:
        return staff->has_keys ? staff_key(STAFF_ACT_CONFIRM, 0) : -1;
    case STAFF_HUB:
        return staff_key(STAFF_ACT_CONFIRM, 0);
    case STAFF_MENU:
    case STAFF_TICKET:
    case STAFF_MISSING:
    case STAFF_RECENT:
    case STAFF_COUNTS:
    case STAFF_SERVE:
    case STAFF_SCREEN:
    case STAFF_CHECK:
    case STAFF_SYNC:
    case STAFF_PAIR: // its own action
    case STAFF_HUB_CODE:
    case STAFF_UPDATE:
    case STAFF_SHUT_DOWN:
    case STAFF_PAGE_COUNT:
        break;
    }
    return -1;
}
