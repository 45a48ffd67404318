#include "service/press.h"

#define LOG_MODULE "press"
#include "base/log.h"
#include "base/mem.h"
#include "base/worker.h"
#include "http/server.h"

#include <pthread.h>
#include <stdlib.h>

struct order {
    uint32_t event; // 0: a free one
    bool is_asked, is_under_way;
    enum status status;
    struct publication made;
};

struct press {
    struct book *book; // the press's own, as all up to the lock
    struct inbox *inbox;
    struct event *event;
    struct http_server *server;
    struct clock *clock;
    struct doorbell bell;
    struct worker worker;
    pthread_mutex_t lock; // of the orders
    struct order orders[PRESS_MOST_EVENTS];
};

// The event's; or a free one, else one that is done.
static struct order *find_order(struct press *press, uint32_t event)
{
    struct order *found = NULL;

    for (size_t i = 0; i < PRESS_MOST_EVENTS; i++) {
        struct order *order = &press->orders[i];
        if (order->event == event) return order;
        if (!order->is_asked && !order->is_under_way && (!found || !order->event)) found = order;
    }
    return found;
}

enum status press_ask(struct press *press, uint32_t event)
{
    pthread_mutex_lock(&press->lock);
    struct order *order = find_order(press, event);
    if (order && order->event != event) *order = (struct order){.event = event};
    if (order) order->is_asked = true;
    pthread_mutex_unlock(&press->lock);
    doorbell_ring(&press->bell);
    return order ? STATUS_OK : STATUS_LATER;
}

bool press_is_done(struct press *press, uint32_t event, enum status *status_out, struct publication *out)
{
    bool is_done = true;

    *status_out = STATUS_MISSING;
    pthread_mutex_lock(&press->lock);
    struct order *order = find_order(press, event);
    if (order && order->event == event) {
        is_done = !order->is_asked && !order->is_under_way;
        *status_out = order->status;
        *out = order->made;
    }
    pthread_mutex_unlock(&press->lock);
    return is_done;
}

// The next one that was asked for, now under way; 0: none.
static uint32_t take_order(struct press *press)
{
    uint32_t event = 0;

    pthread_mutex_lock(&press->lock);
    for (size_t i = 0; i < PRESS_MOST_EVENTS && event == 0; i++) {
        struct order *order = &press->orders[i];
        if (!order->is_asked) continue;
        order->is_asked = false;
        order->is_under_way = true;
        event = order->event;
    }
    pthread_mutex_unlock(&press->lock);
    return event;
}

static void finish_order(struct press *press, uint32_t event, enum status status, const struct publication *made)
{
    pthread_mutex_lock(&press->lock);
    struct order *order = find_order(press, event);
    order->is_under_way = false;
    order->status = status;
    order->made = *made;
    pthread_mutex_unlock(&press->lock);
    http_ring(press->server); // who asked, and kiosks that wait for the feed
}

static int64_t step(void *owner, int64_t mono_ms)
{
    struct press *press = owner;
    uint32_t event = take_order(press);
    struct publication made = {0};
    enum status status;

    (void)mono_ms;
    if (event == 0) return DOORBELL_FOREVER;
    status = book_find_event(press->book, event, press->event);
    if (status == STATUS_OK) status = publish_to_inbox(press->book, press->event, press->inbox, &made);
    if (status == STATUS_OK && made.is_new) log_info("published event=%u version=%u", event, made.version);
    else if (status != STATUS_OK) log_error("not published event=%u reason=\"%s\"", event, status_words(status));
    finish_order(press, event, status, &made);
    return 0;
}

enum status press_open(const char *book, const char *database, struct clock *clock, struct press **out)
{
    struct press *press = mem_zero(sizeof *press);
    enum status status;

    press->clock = clock;
    press->event = mem_zero(sizeof *press->event);
    doorbell_init(&press->bell);
    pthread_mutex_init(&press->lock, NULL);
    if ((status = book_open(book, &press->book)) != STATUS_OK) goto fail;
    if ((status = inbox_open(database, clock, &press->inbox)) != STATUS_OK) goto fail;
    *out = press;
    return STATUS_OK;
fail:
    press_close(press);
    return status;
}

void press_start(struct press *press, struct http_server *server)
{
    press->server = server;
    press->worker =
        (struct worker){.name = "press", .step = step, .owner = press, .bell = &press->bell, .clock = press->clock};
    worker_start(&press->worker);
}

void press_stop(struct press *press)
{
    if (press) worker_stop(&press->worker);
}

void press_close(struct press *press)
{
    if (!press) return;
    press_stop(press);
    inbox_close(press->inbox);
    book_close(press->book);
    pthread_mutex_destroy(&press->lock);
    doorbell_destroy(&press->bell);
    free(press->event);
    free(press);
}
