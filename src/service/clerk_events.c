// The clerk's calls: events, and their boards.
#include "service/parts.h"

#include "base/mem.h"
#include "service/qr.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum status published_event(struct service *service, uint32_t number, struct event *out)
{
    struct inbox_event found = {0};
    struct event_flaw flaw;
    enum status status = inbox_event(service->inbox, number, true, &found);

    if (status == STATUS_OK) status = event_file_decode_unsigned(found.bytes, found.length, out, NULL, NULL, &flaw);
    free(found.bytes);
    return status;
}

enum status service_event(struct service *service, uint32_t number, struct event *out)
{
    if (number == 0) return STATUS_MISSING;
    return service->book ? book_find_event(service->book, number, out) : published_event(service, number, out);
}

void service_name_of(struct service *service, uint32_t event, uint64_t ticket, char out[GUEST_NAME_SIZE])
{
    struct book_guest found;

    out[0] = '\0';
    if (service->book && book_find_guest(service->book, event, ticket, &found) == STATUS_OK)
        snprintf(out, GUEST_NAME_SIZE, "%s", found.guest.name);
}

static uint32_t published_version(struct service *service, uint32_t number)
{
    struct inbox_event found = {0};

    return inbox_event(service->inbox, number, false, &found) == STATUS_OK ? found.edition.version : 0;
}

static json_t *describe(struct service *service, const struct event *event)
{
    size_t guest_count = 0;

    if (service->book && book_count_guests(service->book, event->number, &guest_count) != STATUS_OK) guest_count = 0;
    return json_pack("{s:i, s:{s:s, s:s}, s:s, s:s, s:I, s:I, s:I, s:I, s:b}", "number", (int)event->number, "name",
                     "de", event->name[LANGUAGE_DE], "en", event->name[LANGUAGE_EN], "kind", event->kind, "zone",
                     event->zone, "starts_ms", (json_int_t)event->starts_ms, "ends_ms", (json_int_t)event->ends_ms,
                     "people", (json_int_t)guest_count, "published",
                     (json_int_t)published_version(service, event->number), "walk_ins", event->walk_ins.is_welcome);
}

static enum status next_event(struct service *service, uint32_t after, uint32_t *out)
{
    return service->book ? book_next_event(service->book, after, out) : inbox_next_event(service->inbox, after, out);
}

void clerk_events(struct call *call)
{
    struct event *event = mem_zero(sizeof *event);
    json_t *events = json_array();
    enum status status;
    uint32_t number = 0;

    while ((status = next_event(call->service, number, &number)) == STATUS_OK) {
        if ((status = service_event(call->service, number, event)) != STATUS_OK) break;
        json_array_append_new(events, describe(call->service, event));
    }
    free(event);
    if (status == STATUS_MISSING) {
        call_answer(call, 200, json_pack("{s:o}", "events", events));
        return;
    }
    json_decref(events);
    call_refuse(call, status, "the events can't be read");
}

enum { PUBLISHED_WITHIN_MS = 120 * 1000 };

// Asked again at each ring of the server, until the press is done.
void clerk_publish(struct call *call)
{
    struct service *service = call->service;
    uint32_t event = call_number(call->request->parts[0]);
    struct publication made = {0};
    enum status status = event && service->press ? STATUS_OK : STATUS_MISSING;

    if (status == STATUS_OK && call->request->waited_ms == 0) status = press_ask(service->press, event);
    if (status == STATUS_OK && !press_is_done(service->press, event, &status, &made)) {
        call->reply->wait_ms = PUBLISHED_WITHIN_MS;
        return;
    }
    if (status == STATUS_OK)
        call_answer(call, 200,
                    json_pack("{s:I, s:b, s:I}", "version", (json_int_t)made.version, "new", made.is_new, "people",
                              (json_int_t)made.guest_count));
    else call_refuse(call, status, status == STATUS_INVALID ? "no kiosk would take it" : "not published");
}

// {"link": …, "qr": ["0110…", …]}: for phones of organisers, who have no login.
void clerk_board(struct call *call)
{
    uint32_t event = call_number(call->request->parts[0]);
    char token[BOARD_TOKEN_SIZE], path[32], link[BOARD_LINK_SIZE];
    enum status status = published_version(call->service, event) ? STATUS_OK : STATUS_MISSING;

    if (status == STATUS_OK) status = boards_token(call->service->inbox, event, token);
    if (status != STATUS_OK) {
        call_refuse(call, status, "not published yet");
        return;
    }
    snprintf(path, sizeof path, "/board/%u/", event);
    board_link(call->service->url, path, token, link);
    call_answer(call, 200, json_pack("{s:s, s:s, s:o}", "path", path, "link", link, "qr", qr_rows(link)));
}
