// tell.c -- a verdict as the screen needs it: words are the screen's, facts are here.
#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/log.h"
#include "base/text.h"

#include <string.h>

static size_t word_length(const char *text)
{
    return strcspn(text, " \t");
}

// "Nachname, Vorname" or "Dr. Vorname Nachname": lists from schools and companies come both ways.
void desk_tell_first_name(char out[GUEST_NAME_SIZE], const char *name)
{
    const char *comma = strchr(name, ',');
    const char *start = comma ? comma + 1 : name;
    char first[GUEST_NAME_SIZE];

    start += strspn(start, " \t");
    for (size_t length = word_length(start); length > 1 && start[length - 1] == '.'; length = word_length(start)) {
        const char *next = start + length + strspn(start + length, " \t"); // a title or an initial
        if (*next == '\0') break;
        start = next;
    }
    text_copy(first, sizeof first, start);
    if (!comma) first[word_length(first)] = '\0';
    for (size_t length = strlen(first); length > 0 && first[length - 1] == ' '; length--) first[length - 1] = '\0';
    text_make_showable(out, GUEST_NAME_SIZE, first, strlen(first));
}

// Where the ticket belongs: no secret, it stands on the paper too.
static void tell_place(const struct question *question, struct notice *out)
{
    const struct guest *guest = &question->guest;
    bool is_ticket_only = question->claim == CLAIM_TICKET && !guest->is_listed;

    out->class_id = is_ticket_only ? question->ticket.class_id : guest->class_id;
    out->group = is_ticket_only ? question->ticket.group : guest->group;
}

static void tell_guest(const struct desk *desk, const struct question *question, struct notice *out)
{
    const struct guest *guest = &question->guest;

    tell_place(question, out);
    out->ticket = guest->ticket;
    if (desk->config.event->shows_names) desk_tell_first_name(out->first_name, guest->name);
    out->is_signed_off = question->history.is_signed_off; // until now
    out->was_aboard = question->history.is_aboard;
    out->has_note = guest->note[0] != '\0';
    if (out->has_note && session_is_open(&desk->session, desk->now_ms)) // staff stands here
        text_make_showable(out->note, sizeof out->note, guest->note, strlen(guest->note));
}

static void tell_earlier(const struct question *question, struct notice *out)
{
    const struct past *earlier = question_earlier(question);

    out->earlier_unix_ms = earlier->unix_ms;
    text_copy(out->earlier_gate, sizeof out->earlier_gate, earlier->gate);
}

static void tell_other_event(struct desk *desk, uint32_t number, struct notice *out)
{
    struct store *store = desk->config.store;

    if (store->ops->load_event(store, number, &desk->other_event) != STATUS_OK) return; // never heard of it
    memcpy(out->event_name, desk->other_event.name, sizeof out->event_name);
}

static void tell_time(const struct question *question, struct notice *out)
{
    const struct ticket *ticket = &question->ticket;

    if (question->claim == CLAIM_TICKET &&
        (question->today < ticket->from_day || question->today > ticket->until_day)) {
        out->from_day = ticket->from_day;
        out->until_day = ticket->until_day;
    } else {
        out->opens_ms = question->list.opens_ms;
        out->closes_ms = question->list.closes_ms;
    }
}

struct notice desk_news(const struct desk *desk, enum notice_kind kind, int64_t mono_ms)
{
    return (struct notice){
        .kind = kind, .mono_ms = mono_ms, .headcount = *desk_headcount(desk), .stance = desk->stance};
}

void desk_tell(struct desk *desk, const struct question *question, struct notice *out)
{
    enum reason reason = out->verdict.reason;

    out->headcount = *desk_headcount(desk);
    if (reason == REASON_OK || reason == REASON_ALREADY_REDEEMED) tell_guest(desk, question, out);
    if (reason == REASON_PRODUCT) tell_place(question, out);
    if (reason == REASON_WRONG_EVENT) tell_other_event(desk, question->ticket.event, out);
    if (reason == REASON_INVALID_TIME) tell_time(question, out);
    if (reason == REASON_FULL) out->capacity = question->list.capacity;
    if (reason == REASON_ALREADY_REDEEMED) tell_earlier(question, out);
    if (reason == REASON_RULES && !out->verdict.is_practice) out->after = question->list.after;
    if (question_is_vouched_for(question)) text_copy(out->language, sizeof out->language, question->guest.language);
}
