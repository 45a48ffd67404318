// The clerk's calls: conflicts in words, and reports to take home.
#include "service/parts.h"

#include "base/mem.h"
#include "office/moment.h"
#include "service/reports.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFLICTS_A_PAGE = 50, COUNTED_WITHIN_MS = 3000, LOOK_AGAIN_MS = 300, WRITTEN_WITHIN_MS = 60 * 1000 };

struct conflict_page {
    struct service *service;
    const struct event *event;
    json_t *items;
};

static json_t *describe_entry(const struct conflict_entry *entry)
{
    return json_pack("{s:s, s:I, s:I}", "gate", entry->gate, "unix_ms", (json_int_t)entry->unix_ms, "uncertainty_ms",
                     (json_int_t)entry->uncertainty_ms);
}

static enum status add_conflict(void *owner, const struct conflict *conflict)
{
    struct conflict_page *page = owner;
    const struct list *list = event_list(page->event, conflict->list);
    char name[GUEST_NAME_SIZE], german[CONFLICT_WORDS_SIZE], english[CONFLICT_WORDS_SIZE];
    enum status status;

    service_name_of(page->service, conflict->event, conflict->further.ticket, name);
    status = report_conflict_words(page->event, conflict, name, true, german);
    if (status == STATUS_OK) status = report_conflict_words(page->event, conflict, name, false, english);
    if (status != STATUS_OK) return status;
    json_t *one = json_pack("{s:s, s:s, s:{s:s, s:s}, s:o, s:o}", "kind", conflict_kind_word(conflict->kind), "list",
                            list ? list->name : "", "words", "de", german, "en", english, "first",
                            describe_entry(&conflict->first), "further", describe_entry(&conflict->further));
    return one && json_array_append_new(page->items, one) == 0 ? STATUS_OK : STATUS_LATER;
}

// NULL: not yet, and the reply says so.
static struct inbox *borrow(struct call *call, uint32_t event)
{
    struct inbox *inbox = boards_borrow(call->service->boards, event);
    int64_t left_ms = COUNTED_WITHIN_MS - call->request->waited_ms;

    if (!inbox && left_ms > 0) call->reply->wait_ms = left_ms < LOOK_AGAIN_MS ? left_ms : LOOK_AGAIN_MS;
    else if (!inbox) call_refuse(call, STATUS_LATER, "still counting");
    return inbox;
}

static enum status write_conflicts(struct call *call, struct inbox *inbox, struct event *event, json_t **out)
{
    struct conflict_page page = {.service = call->service, .event = event, .items = json_array()};
    struct moment_zone *zone = moment_hold(event->zone); // for all the sentences
    uint32_t skip = call_number(http_query(call->request, "skip"));
    uint64_t total = 0;
    enum status status = inbox_conflicts(inbox, event->number, skip, CONFLICTS_A_PAGE, &total, add_conflict, &page);

    moment_let_go(zone);
    *out = json_pack("{s:I, s:o}", "total", (json_int_t)total, "items", page.items);
    return status;
}

void clerk_conflicts(struct call *call)
{
    struct event *event = mem_zero(sizeof *event);
    struct inbox *inbox = NULL;
    json_t *json = NULL;
    enum status status = service_event(call->service, call_number(call->request->parts[0]), event);

    if (status == STATUS_OK && !(inbox = borrow(call, event->number))) goto done;
    if (status == STATUS_OK) {
        status = write_conflicts(call, inbox, event, &json);
        boards_give_back(call->service->boards);
    }
    if (status == STATUS_OK) {
        call_answer(call, 200, json);
        json = NULL;
    } else call_refuse(call, status, "the conflicts can't be read");
done:
    json_decref(json);
    free(event);
}

static const char *type_of(enum report_format format)
{
    switch (format) {
    case REPORT_TEXT:
        return "text/plain; charset=utf-8";
    case REPORT_CSV:
        return "text/csv; charset=utf-8";
    case REPORT_JSON:
        break;
    }
    return "application/json";
}

static void answer_report(struct call *call, const struct report_order *order)
{
    char *text = NULL;
    size_t length = 0;
    enum status status;

    if (!reports_take(call->service->reports, order, &status, &text, &length)) {
        call->reply->wait_ms = WRITTEN_WITHIN_MS;
    } else if (status != STATUS_OK) {
        call_refuse(call, status, status == STATUS_MISSING ? "not published yet" : "the report can't be written");
    } else {
        call->reply->status = 200;
        call->reply->type = type_of(order->format);
        call->reply->body = text;
        call->reply->length = length;
    }
}

// Written on a thread of its own; the call waits for it.
void clerk_report(struct call *call)
{
    const char *word = http_query(call->request, "format");
    struct report_order order = {.event = call_number(call->request->parts[0])};
    enum status status = STATUS_OK;

    if (report_kind_of_word(call->request->parts[1], &order.kind) != STATUS_OK ||
        report_format_of_word(word ? word : "csv", &order.format) != STATUS_OK || order.event == 0) {
        http_error(call->reply, 404, "there is no such report");
        return;
    }
    if (call->request->waited_ms == 0) status = reports_ask(call->service->reports, &order);
    if (status != STATUS_OK) call_refuse(call, status, "too many reports at once");
    else if (call->request->waited_ms >= WRITTEN_WITHIN_MS) call_refuse(call, STATUS_LATER, "not written in time");
    else answer_report(call, &order);
}
