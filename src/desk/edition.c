// edition.c -- a new version of the event, while the door runs: from one step to the next it is the one that counts.
#define LOG_MODULE "desk"

#include "desk/take_in.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

// Where staff chose a list that is gone, the door goes on with the first one: better than none.
static uint16_t list_in(const struct event *event, uint16_t list)
{
    if (event_list(event, list)) return list;
    log_warn("the list that was served is not in this version of the event, the first one is served list=%u now=%u",
             list, event->lists[0].id);
    return event->lists[0].id;
}

static void serve(struct desk *desk, const struct event *event)
{
    bool has_moved;

    desk->config.event = event;
    has_moved = !event_list(event, desk->stance.list);
    if (has_moved) desk->stance.list = list_in(event, desk->stance.list);
    if (desk->stance.is_practising) desk->stance_before.list = list_in(event, desk->stance_before.list);
    desk->list = event_list(event, desk->stance.list);
    if (desk_count(desk) != STATUS_OK) desk->needs_recovery = true; // which counts
    if (has_moved && desk->stance.is_practising) practice_serve(&desk->practice, desk->stance.list, &desk->headcount);
}

// Notices of earlier ones may be on their way to the screen, and what it shows points into one.
static enum status follow(struct desk *desk, struct notice *out)
{
    struct store *store = desk->config.store;
    struct edition *edition = mem_zero(sizeof *edition);
    enum status status = store->ops->load_event(store, desk->config.event->number, &edition->event);

    if (status != STATUS_OK || edition->event.version == desk->config.event->version) {
        free(edition);
        return status;
    }
    edition->before = desk->editions;
    desk->editions = edition;
    serve(desk, &edition->event);
    *out = desk_news(desk, NOTICE_EVENT, desk->now_ms);
    out->event = desk->config.event;
    log_info("serving a new version event=%u version=%u", out->event->number, out->event->version);
    return STATUS_OK;
}

// Why a file was refused is said in words; that it is only older than ours is no fault of anybody's.
static bool is_older(struct desk *desk, const struct delivery *delivery, uint32_t number)
{
    struct store *store = desk->config.store;
    struct event *event = &desk->other_event;
    struct event_flaw flaw;
    uint32_t offered;

    if (number == 0) return false; // not even signed
    if (event_file_decode_unsigned(delivery->bytes, delivery->length, event, NULL, NULL, &flaw) != STATUS_OK)
        return false;
    offered = event->version;
    return store->ops->load_event(store, number, event) == STATUS_OK && event->version > offered;
}

enum status desk_take_event(struct desk *desk, const struct delivery *delivery, struct notice *out)
{
    struct store *store = desk->config.store;
    struct receipt *receipt = &desk->receipt;
    struct record stamp = desk_note_of(desk, RECORD_KIND_EVENT_VERSION);
    enum status status = store->ops->install_event(store, delivery->bytes, delivery->length, delivery->signature,
                                                   delivery->root_key, &stamp, &receipt->event, &receipt->flaw);

    if (status == STATUS_INVALID) {
        receipt->is_older = is_older(desk, delivery, receipt->event);
        log_warn("an event of the office is refused event=%u: %s", receipt->event, receipt->flaw.words);
    }
    if (status != STATUS_OK) return status;
    desk_has_written(desk);
    return receipt->event == desk->config.event->number ? follow(desk, out) : STATUS_OK;
}

static const struct event *find_version(const struct desk *desk, uint32_t version)
{
    for (const struct edition *edition = desk->editions; edition; edition = edition->before)
        if (edition->event.version == version) return &edition->event;
    return desk->first_event->version == version ? desk->first_event : NULL;
}

bool desk_asked_the_same(const struct desk *desk, uint32_t version)
{
    const struct event *then = version == 0 ? desk->config.event : find_version(desk, version);

    return then && walk_in_rules_are_same(&then->walk_ins, &desk->config.event->walk_ins);
}

void desk_free_editions(struct desk *desk)
{
    while (desk->editions) {
        struct edition *before = desk->editions->before;
        free(desk->editions);
        desk->editions = before;
    }
}
