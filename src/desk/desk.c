#define LOG_MODULE "desk"

#include "desk/desk_parts.h"

#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { QUEUE_DEPTH = 16, NOTICE_RETRY_MS = 20, REST_AFTER_MS = 500 };

// ---- the product: a code in, a verdict and a durable record out ----

void desk_admit(struct desk *desk, const struct code *code, struct notice *out)
{
    struct arrival arrival = {.via = code->via, .mono_ms = code->mono_ms, .text = code->text, .length = code->length};

    desk_receive(desk, &arrival, out);
}

static enum status keep(struct desk *desk, const struct record *record, uint64_t *seq_out);

void desk_receive(struct desk *desk, const struct arrival *arrival, struct notice *out)
{
    struct question *question = &desk->question;
    struct verdict verdict = {.reason = REASON_ERROR};
    uint64_t seq = 0;
    enum status status;

    if ((status = desk_recover(desk)) != STATUS_OK) goto not_saved;
    if ((status = desk_ask(desk, arrival, question)) != STATUS_OK) goto not_saved; // code, ticket, roster, history
    decide(question, &verdict);
    struct record record = desk_note(desk, arrival, question, &verdict);
    if ((status = keep(desk, &record, &seq)) != STATUS_OK) goto not_saved; // on disk: from here on it has happened

    *out = (struct notice){.kind = NOTICE_VERDICT, .verdict = verdict, .seq = seq, .mono_ms = arrival->mono_ms};
    desk_tell(desk, question, &verdict, out);
    return;
not_saved:
    log_error("not saved, nobody was let in: %s", status_words(status));
    desk->needs_recovery = true;
    *out = (struct notice){.kind = NOTICE_NOT_SAVED, .verdict = verdict, .mono_ms = arrival->mono_ms};
    out->verdict.reason = REASON_ERROR; // whatever was decided: it didn't happen
    out->headcount = desk->headcount;
}

static enum status count(struct desk *desk)
{
    struct store *store = desk->config.store;
    return store->ops->count(store, desk->config.event->number, desk->list, &desk->headcount);
}

static enum status keep(struct desk *desk, const struct record *record, uint64_t *seq_out)
{
    struct store *store = desk->config.store;
    enum status status = store->ops->append(store, record, seq_out);

    if (status != STATUS_OK || record->kind != RECORD_KIND_ENTRY) return status;
    if (count(desk) != STATUS_OK) desk->needs_recovery = true; // the entry stands; counted again before the next
    return STATUS_OK;
}

enum status desk_recover(struct desk *desk)
{
    struct store *store = desk->config.store;
    enum status status;

    if (!desk->needs_recovery) return STATUS_OK;
    if ((status = store->ops->recover(store)) != STATUS_OK) return status;
    if ((status = count(desk)) != STATUS_OK) return status;
    desk->needs_recovery = false;
    return STATUS_OK;
}

// ---- the thread ----

static bool deliver(struct desk *desk)
{
    if (desk->has_notice && queue_put(desk->config.notices, &desk->notice) == STATUS_OK) desk->has_notice = false;
    return !desk->has_notice;
}

// Nothing to do: after a while without anybody, the store may tidy up.
static int64_t idle(struct desk *desk, int64_t mono_ms)
{
    struct store *store = desk->config.store;
    int64_t rest_in_ms = desk->busy_mono_ms + REST_AFTER_MS - mono_ms;

    if (desk->is_rested) return DOORBELL_FOREVER;
    if (rest_in_ms > 0) return rest_in_ms;
    store->ops->rest(store);
    desk->is_rested = true;
    return DOORBELL_FOREVER;
}

int64_t desk_step(void *owner, int64_t mono_ms)
{
    struct desk *desk = owner;

    if (!deliver(desk)) return NOTICE_RETRY_MS; // the screen is behind: nobody new is decided on meanwhile
    if (queue_take(&desk->codes, &desk->code)) desk_admit(desk, &desk->code, &desk->notice);
    else if (queue_take(&desk->commands, &desk->command)) desk_obey(desk, &desk->command, mono_ms, &desk->notice);
    else return idle(desk, mono_ms);
    desk->has_notice = true;
    desk->is_rested = false;
    desk->busy_mono_ms = mono_ms;
    return deliver(desk) ? 0 : NOTICE_RETRY_MS;
}

enum status desk_open(const struct desk_config *config, struct desk **out)
{
    struct desk *desk = mem_zero(sizeof *desk);
    enum status status = STATUS_INVALID;

    desk->config = *config;
    doorbell_init(&desk->bell);
    queue_init(&desk->codes, sizeof(struct code), QUEUE_DEPTH, &desk->bell);
    queue_init(&desk->commands, sizeof(struct command), QUEUE_DEPTH, &desk->bell);
    desk->worker =
        (struct worker){.name = "desk", .step = desk_step, .owner = desk, .bell = &desk->bell, .clock = config->clock};
    desk->list = event_list(config->event, config->list);
    if (!desk->list) {
        log_error("the event has no such list event=%u list=%u", config->event->number, config->list);
        goto fail;
    }
    if (desk->list->mode != LIST_MODE_ONCE) {
        log_error("this version can't serve a list of this mode list=%u mode=%s", config->list,
                  list_mode_word(desk->list->mode));
        goto fail;
    }
    if ((status = count(desk)) != STATUS_OK) goto fail;
    desk->notice = (struct notice){.kind = NOTICE_COUNT, .headcount = desk->headcount};
    desk->has_notice = true;
    *out = desk;
    return STATUS_OK;
fail:
    desk_close(desk);
    return status;
}

struct queue *desk_codes(struct desk *desk)
{
    return &desk->codes;
}

struct queue *desk_commands(struct desk *desk)
{
    return &desk->commands;
}

void desk_start(struct desk *desk)
{
    worker_start(&desk->worker);
}

void desk_stop(struct desk *desk)
{
    worker_stop(&desk->worker);
}

void desk_close(struct desk *desk)
{
    if (!desk) return;
    desk_stop(desk);
    queue_destroy(&desk->codes);
    queue_destroy(&desk->commands);
    doorbell_destroy(&desk->bell);
    free(desk);
}
