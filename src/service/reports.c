#include "service/reports.h"

#define LOG_MODULE "reports"
#include "base/log.h"
#include "base/mem.h"
#include "base/worker.h"
#include "http/server.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct sheet {
    struct report_order order;
    bool is_taken; // else a free one
    bool is_asked, is_under_way;
    enum status status;
    char *text; // NULL: none was written
    size_t length;
    int64_t written_mono_ms;
};

struct reports {
    struct inbox *inbox; // the writing thread's
    struct http_server *server;
    struct clock *clock;
    struct doorbell bell;
    struct worker worker;
    pthread_mutex_t lock; // of the sheets
    struct sheet sheets[REPORTS_MOST];
};

static bool is_same(const struct report_order *one, const struct report_order *other)
{
    return one->event == other->event && one->kind == other->kind && one->format == other->format;
}

static bool is_written(const struct sheet *sheet)
{
    return !sheet->is_asked && !sheet->is_under_way;
}

static void put_away(struct sheet *sheet)
{
    free(sheet->text);
    *sheet = (struct sheet){0};
}

// NULL: there is none.
static struct sheet *find(struct reports *reports, const struct report_order *order)
{
    for (size_t i = 0; i < REPORTS_MOST; i++)
        if (reports->sheets[i].is_taken && is_same(&reports->sheets[i].order, order)) return &reports->sheets[i];
    return NULL;
}

// A free one, or that which was written longest ago; NULL: all are under way.
static struct sheet *find_room(struct reports *reports)
{
    struct sheet *found = NULL;

    for (size_t i = 0; i < REPORTS_MOST; i++) {
        struct sheet *sheet = &reports->sheets[i];
        if (!sheet->is_taken) return sheet;
        if (is_written(sheet) && (!found || sheet->written_mono_ms < found->written_mono_ms)) found = sheet;
    }
    return found;
}

enum status reports_ask(struct reports *reports, const struct report_order *order)
{
    pthread_mutex_lock(&reports->lock);
    struct sheet *sheet = find(reports, order);
    if (!sheet && (sheet = find_room(reports))) {
        put_away(sheet);
        sheet->order = *order;
        sheet->is_taken = true;
    }
    if (sheet) sheet->is_asked = true;
    pthread_mutex_unlock(&reports->lock);
    doorbell_ring(&reports->bell);
    return sheet ? STATUS_OK : STATUS_LATER;
}

static enum status copy_text(const struct sheet *sheet, char **text_out, size_t *length_out)
{
    if (sheet->status != STATUS_OK) return sheet->status;
    if (!(*text_out = malloc(sheet->length + 1))) return STATUS_LATER;
    memcpy(*text_out, sheet->text, sheet->length + 1);
    *length_out = sheet->length;
    return STATUS_OK;
}

bool reports_take(struct reports *reports, const struct report_order *order, enum status *status_out, char **text_out,
                  size_t *length_out)
{
    bool is_done = true;

    *status_out = STATUS_LATER;
    pthread_mutex_lock(&reports->lock);
    const struct sheet *sheet = find(reports, order);
    if (sheet && (is_done = is_written(sheet))) *status_out = copy_text(sheet, text_out, length_out);
    pthread_mutex_unlock(&reports->lock);
    return is_done;
}

// ---- the thread ----

// The next one that was asked for, now under way; and away with those that were kept long enough.
static bool take_order(struct reports *reports, int64_t mono_ms, struct report_order *out)
{
    bool is_there = false;

    pthread_mutex_lock(&reports->lock);
    for (size_t i = 0; i < REPORTS_MOST; i++) {
        struct sheet *sheet = &reports->sheets[i];
        if (sheet->is_taken && is_written(sheet) && mono_ms - sheet->written_mono_ms >= REPORTS_KEPT_MS)
            put_away(sheet);
        if (is_there || !sheet->is_asked) continue;
        sheet->is_asked = false;
        sheet->is_under_way = true;
        *out = sheet->order;
        is_there = true;
    }
    pthread_mutex_unlock(&reports->lock);
    return is_there;
}

static enum status write_report(struct reports *reports, const struct report_order *order, char **text_out,
                                size_t *length_out)
{
    FILE *out = open_memstream(text_out, length_out);
    enum status status =
        out ? report_write(reports->inbox, order->event, order->kind, order->format, out) : STATUS_LATER;

    if (out && fclose(out) != 0 && status == STATUS_OK) status = STATUS_LATER;
    if (status != STATUS_OK && status != STATUS_MISSING)
        log_warn("a report can't be written event=%u reason=\"%s\"", order->event, status_words(status));
    return status;
}

static void finish(struct reports *reports, const struct sheet *written)
{
    pthread_mutex_lock(&reports->lock);
    struct sheet *sheet = find(reports, &written->order); // as it is under way, nobody put it away
    bool is_asked = sheet->is_asked;                      // again: then it is written once more
    put_away(sheet);
    *sheet = *written;
    sheet->is_asked = is_asked;
    pthread_mutex_unlock(&reports->lock);
    http_ring(reports->server);
}

static int64_t step(void *owner, int64_t mono_ms)
{
    struct reports *reports = owner;
    struct sheet sheet = {.is_taken = true};

    if (!take_order(reports, mono_ms, &sheet.order)) return REPORTS_KEPT_MS;
    sheet.status = write_report(reports, &sheet.order, &sheet.text, &sheet.length);
    sheet.written_mono_ms = reports->clock->ops->mono_ms(reports->clock);
    finish(reports, &sheet);
    return 0;
}

enum status reports_open(const char *database, struct clock *clock, struct reports **out)
{
    struct reports *reports = mem_zero(sizeof *reports);
    enum status status;

    reports->clock = clock;
    doorbell_init(&reports->bell);
    pthread_mutex_init(&reports->lock, NULL);
    if ((status = inbox_open(database, clock, &reports->inbox)) != STATUS_OK) {
        reports_close(reports);
        return status;
    }
    *out = reports;
    return STATUS_OK;
}

void reports_start(struct reports *reports, struct http_server *server)
{
    reports->server = server;
    reports->worker = (struct worker){
        .name = "reports", .step = step, .owner = reports, .bell = &reports->bell, .clock = reports->clock};
    worker_start(&reports->worker);
}

void reports_stop(struct reports *reports)
{
    if (reports) worker_stop(&reports->worker);
}

void reports_close(struct reports *reports)
{
    if (!reports) return;
    reports_stop(reports);
    for (size_t i = 0; i < REPORTS_MOST; i++) put_away(&reports->sheets[i]);
    inbox_close(reports->inbox);
    pthread_mutex_destroy(&reports->lock);
    doorbell_destroy(&reports->bell);
    free(reports);
}
