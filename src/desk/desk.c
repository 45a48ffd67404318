#define LOG_MODULE "desk"

#include "desk/desk_parts.h"
#include "desk/obey.h"
#include "desk/take_in.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { QUEUE_DEPTH = 16, DELIVERIES_DEPTH = 8, NOTICE_RETRY_MS = 20, REST_AFTER_MS = 500 };
enum { PATIENCE_MS = 60000 }; // an event of 100,000 guests is one step, and SD cards stall for seconds

// ---- the product: a code in, a verdict and a durable record out ----

static struct arrival arrival_of(const struct desk *desk, const struct code *code)
{
    return (struct arrival){.via = code->via,
                            .mono_ms = code->mono_ms,
                            .has_stayed = code->has_stayed,
                            .text = code->text,
                            .length = code->length,
                            .direction = desk->stance.direction};
}

static enum status admit(struct desk *desk, const struct arrival *arrival, struct notice *out);
static bool is_glimpse(const struct arrival *arrival);
static void judge(const struct arrival *arrival, struct question *question, struct verdict *out);
static void tell_not_saved(struct desk *desk, const struct arrival *arrival, struct notice *out);

void desk_receive(struct desk *desk, const struct arrival arrivals[], size_t count, struct notice notices[])
{
    enum status status = desk_open_book(desk);

    for (size_t i = 0; i < count; i++) notices[i].kind = NOTICE_NOT_SAVED; // until it is
    for (size_t i = 0; i < count && status == STATUS_OK; i++) status = admit(desk, &arrivals[i], &notices[i]);
    status = desk_close_book(desk, status); // OK: the records are on disk, it has happened
    if (status == STATUS_OK) return;
    log_error("not saved, nobody was let in codes=%zu: %s", count, status_words(status));
    for (size_t i = 0; i < count; i++) tell_not_saved(desk, &arrivals[i], &notices[i]);
}

// Question, verdict, record. The notice is made here, but nobody hears of it before the book is closed.
static enum status admit(struct desk *desk, const struct arrival *arrival, struct notice *out)
{
    struct question *question = &desk->question;
    struct verdict *verdict = &out->verdict;
    enum status status;

    *out = desk_news(desk, NOTICE_VERDICT, arrival->mono_ms);
    if ((status = desk_ask(desk, arrival, question)) != STATUS_OK) return status; // code, ticket, roster, history
    if (desk_take_offer(desk, arrival, out)) return STATUS_OK;
    if (is_glimpse(arrival) && desk_is_stray(arrival, question)) {
        out->kind = NOTICE_NONE;
        desk_put_aside(desk, arrival);
        return STATUS_OK;
    }
    if (desk_is_staff_ticket(desk, question)) {
        desk_open_session(desk, out);
        return STATUS_OK;
    }
    judge(arrival, question, verdict);
    struct record record = desk_note(desk, arrival, question, verdict);
    if ((status = desk_keep(desk, &record, &out->seq)) != STATUS_OK) return status;
    desk_tell(desk, question, out);
    return STATUS_OK;
}

void desk_admit(struct desk *desk, const struct code *code, struct notice *out)
{
    struct clock *clock = desk->config.clock;
    struct arrival arrival = arrival_of(desk, code);

    desk->now_ms = clock->ops->mono_ms(clock);
    desk_receive(desk, &arrival, 1, out);
}

// Seen in passing, perhaps: nobody aims a hand scanner at a poster.
static bool is_glimpse(const struct arrival *arrival)
{
    return arrival->via == CODE_VIA_CAMERA && !arrival->has_stayed;
}

// Who is signed off needs no rules: staff says that nobody waits for them.
static void judge(const struct arrival *arrival, struct question *question, struct verdict *out)
{
    if (arrival->is_signed_off && question_is_vouched_for(question))
        *out = (struct verdict){.reason = REASON_OK, .is_exit = true};
    else decide(question, out);
}

static void tell_not_saved(struct desk *desk, const struct arrival *arrival, struct notice *out)
{
    if (out->kind != NOTICE_VERDICT && out->kind != NOTICE_NOT_SAVED) return; // there was nothing to save
    desk_lose(desk, arrival);
    *out = desk_news(desk, NOTICE_NOT_SAVED, arrival->mono_ms);
    out->verdict.reason = REASON_ERROR; // whatever was decided
}

// ---- the thread ----

static bool deliver(struct desk *desk)
{
    while (desk->told_count < desk->notice_count) {
        if (queue_put(desk->config.notices, &desk->notices[desk->told_count]) != STATUS_OK) return false;
        desk->told_count++;
    }
    desk->told_count = desk->notice_count = 0;
    return true;
}

// Without those that have nothing to tell.
static size_t tighten(struct notice notices[], size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (notices[i].kind != NOTICE_NONE) notices[kept++] = notices[i];
    return kept;
}

// Everybody who waits, as far as there is room; answers how many notices that gives.
static size_t receive_codes(struct desk *desk)
{
    struct arrival arrivals[DESK_MOST_AT_ONCE];
    size_t count = 0;

    while (count < DESK_MOST_AT_ONCE && queue_take(&desk->codes, &desk->codes_taken[count])) {
        arrivals[count] = arrival_of(desk, &desk->codes_taken[count]);
        count++;
    }
    if (count > 0) desk->code_mono_ms = desk->now_ms;
    if (count > 0) desk_receive(desk, arrivals, count, desk->notices);
    return tighten(desk->notices, count);
}

static int64_t sooner_ms(int64_t one_ms, int64_t other_ms)
{
    if (one_ms == DOORBELL_FOREVER || other_ms == DOORBELL_FOREVER) return one_ms > other_ms ? one_ms : other_ms;
    return one_ms < other_ms ? one_ms : other_ms;
}

// Nothing to do: after a while without anybody, the store may tidy up.
static int64_t idle(struct desk *desk)
{
    struct store *store = desk->config.store;
    int64_t rest_in_ms = desk->busy_mono_ms + REST_AFTER_MS - desk->now_ms;
    int64_t next_ms = sooner_ms(session_rest_ms(&desk->session, desk->now_ms), desk_due_in_ms(desk));

    if (desk->has_receipt) next_ms = sooner_ms(next_ms, NOTICE_RETRY_MS);
    if (!desk->is_rested && rest_in_ms > 0) return sooner_ms(rest_in_ms, next_ms);
    if (!desk->is_rested) store->ops->rest(store);
    desk->is_rested = true;
    return next_ms;
}

// That a session ended by itself, or one command. False: there is nothing to do.
static bool serve_staff(struct desk *desk)
{
    struct notice *out = &desk->notices[0];

    desk->notice_count = 1;
    *out = desk_news(desk, NOTICE_LOCKED, desk->now_ms);
    if (session_expire(&desk->session, desk->now_ms)) return true;
    desk->notice_count = 0;
    if (!desk->is_obeying && !queue_take(&desk->commands, &desk->command)) return false;
    desk->is_obeying = !desk_obey(desk, &desk->command, out);
    desk->notice_count = desk->is_obeying ? 0 : tighten(desk->notices, 1);
    return true;
}

// The clock, and what sync delivered. False: there is nothing to do.
static bool serve_sync(struct desk *desk)
{
    desk_watch_clock(desk);
    bool is_done = desk_take_in(desk, &desk->notices[0]);

    desk->notice_count = is_done ? tighten(desk->notices, 1) : 0;
    return is_done;
}

int64_t desk_step(void *owner, int64_t mono_ms)
{
    struct desk *desk = owner;

    desk->now_ms = mono_ms;
    if (!deliver(desk)) return NOTICE_RETRY_MS; // the screen is behind: nobody new is decided on meanwhile
    desk->notice_count = receive_codes(desk);
    if (desk->notice_count == 0 && !serve_staff(desk) && !serve_sync(desk)) return idle(desk);
    desk->is_rested = false;
    desk->busy_mono_ms = mono_ms;
    return deliver(desk) ? 0 : NOTICE_RETRY_MS;
}

enum status desk_open(const struct desk_config *config, struct desk **out)
{
    struct desk *desk = mem_zero(sizeof *desk);
    enum status status = STATUS_INVALID;

    desk->config = *config;
    desk->first_event = config->event;
    doorbell_init(&desk->bell);
    queue_init(&desk->codes, sizeof(struct code), QUEUE_DEPTH, &desk->bell);
    queue_init(&desk->commands, sizeof(struct command), QUEUE_DEPTH, &desk->bell);
    queue_init(&desk->deliveries, sizeof(struct delivery), DELIVERIES_DEPTH, &desk->bell);
    queue_init(&desk->unsaved, sizeof(struct code), DESK_MOST_UNSAVED, NULL); // whoever takes has a bell of their own
    queue_init(&desk->aside, sizeof(struct code), DESK_MOST_ASIDE, NULL);
    desk->worker =
        (struct worker){.name = "desk", .step = desk_step, .owner = desk, .bell = &desk->bell, .clock = config->clock};
    desk->worker.watch = config->watch;
    desk->worker.patience_ms = PATIENCE_MS;
    desk->clock_state = config->clock->ops->state(config->clock);
    desk->code_mono_ms = -DESK_QUIET_MS; // none yet
    desk->news_mono_ms = -DESK_NEWS_MS;
    if (config->is_just_paired) desk->offer_held_until_ms = config->clock->ops->mono_ms(config->clock) + DESK_PAIR_MS;
    desk->stance = (struct stance){.list = config->list, .direction = config->direction};
    desk->list = event_list(config->event, config->list);
    if (!desk->list) {
        log_error("the event has no such list event=%u list=%u", config->event->number, config->list);
        goto fail;
    }
    if (!text_is_utf8(config->gate, strlen(config->gate))) { // no record could carry it
        log_error("the gate's name is not UTF-8");
        goto fail;
    }
    if ((status = desk_count(desk)) != STATUS_OK) goto fail;
    desk->notices[0] = desk_news(desk, NOTICE_COUNT, 0);
    desk->notice_count = 1;
    *out = desk;
    return STATUS_OK;
fail:
    desk_close(desk);
    return status;
}

void desk_connect(struct desk *desk, struct queue *requests, struct queue *receipts, struct doorbell *outbox_bell)
{
    desk->config.requests = requests;
    desk->config.receipts = receipts;
    desk->config.outbox_bell = outbox_bell;
}

void desk_connect_hub(struct desk *desk, struct queue *hub)
{
    desk->config.hub = hub;
}

struct queue *desk_codes(struct desk *desk)
{
    return &desk->codes;
}

struct queue *desk_commands(struct desk *desk)
{
    return &desk->commands;
}

struct queue *desk_deliveries(struct desk *desk)
{
    return &desk->deliveries;
}

struct queue *desk_unsaved(struct desk *desk)
{
    return &desk->unsaved;
}

struct queue *desk_aside(struct desk *desk)
{
    return &desk->aside;
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
    desk_drop_deliveries(desk);
    desk_free_editions(desk);
    queue_destroy(&desk->codes);
    queue_destroy(&desk->commands);
    queue_destroy(&desk->deliveries);
    queue_destroy(&desk->unsaved);
    queue_destroy(&desk->aside);
    doorbell_destroy(&desk->bell);
    free(desk);
}
