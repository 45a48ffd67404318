#include "service/boards_parts.h"

#define LOG_MODULE "boards"
#include "base/log.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum {
    LOOK_AGAIN_MS = 500,    // other programs write into the database too
    COUNT_SOONEST_MS = 200, // between two counts, however many batches come
    FRESH_MS = BOARD_FRESH_MS - 2000,
    STILL_WATCHED_MS = 60 * 1000,
};

// ---- counting ----

static enum status load_event(struct boards *boards, struct room *room)
{
    struct inbox_event found = {0};
    struct event_flaw flaw;
    enum status status = inbox_event(boards->inbox, room->event, false, &found);

    if (status != STATUS_OK) return status;
    if (room->as_published && memcmp(found.edition.digest, room->digest, sizeof room->digest) == 0) return STATUS_OK;
    if ((status = inbox_event(boards->inbox, room->event, true, &found)) != STATUS_OK) return status;
    if (!room->as_published) room->as_published = mem_zero(sizeof *room->as_published);
    // Its signature was checked when it was published.
    status = event_file_decode_unsigned(found.bytes, found.length, room->as_published, NULL, NULL, &flaw);
    memcpy(room->digest, found.edition.digest, sizeof room->digest);
    free(found.bytes);
    return status;
}

static enum status count(struct boards *boards, struct room *room)
{
    enum status status = load_event(boards, room);

    if (status == STATUS_OK) status = inbox_tally(boards->inbox, room->as_published, boards->tally);
    if (status != STATUS_OK) return status;
    board_put(room->board, boards->tally);
    return STATUS_OK;
}

// Nothing new, and the page doesn't yet think that its numbers are old.
static bool is_fresh(const struct room *room, uint64_t stamp, int64_t mono_ms)
{
    return room->counted_mono_ms && room->stamp == stamp && mono_ms - room->counted_mono_ms < FRESH_MS;
}

static bool is_watched(struct room *room, int64_t mono_ms)
{
    return atomic_load(&room->event) && mono_ms - atomic_load(&room->watched_mono_ms) <= STILL_WATCHED_MS;
}

static bool count_again(struct boards *boards, struct room *room, int64_t mono_ms)
{
    uint64_t stamp = 0;
    enum status status = inbox_stamp(boards->inbox, &stamp);

    if (status == STATUS_OK && is_fresh(room, stamp, mono_ms)) return false;
    if (status == STATUS_OK) status = count(boards, room);
    if (status == STATUS_OK) {
        room->stamp = stamp;
        room->counted_mono_ms = mono_ms;
    }
    bool is_wrong = status != STATUS_OK && status != STATUS_MISSING;
    if (is_wrong && !boards->has_complained)
        log_warn("a board can't be counted event=%u reason=\"%s\"", room->event, status_words(status));
    boards->has_complained = is_wrong;
    return status == STATUS_OK;
}

static int64_t step(void *owner, int64_t mono_ms)
{
    struct boards *boards = owner;
    int64_t early_ms = boards->counted_mono_ms + COUNT_SOONEST_MS - mono_ms;
    bool is_news = false;

    if (boards->counted_mono_ms && early_ms > 0) return early_ms;
    boards->counted_mono_ms = mono_ms;
    pthread_mutex_lock(&boards->lock);
    for (size_t i = 0; i < BOARDS_MOST; i++)
        if (is_watched(&boards->rooms[i], mono_ms)) is_news |= count_again(boards, &boards->rooms[i], mono_ms);
    is_news |= boards_warm(boards);
    pthread_mutex_unlock(&boards->lock);
    is_news |= atomic_exchange(&boards->is_awaited, false);
    if (is_news) http_ring(boards->server);
    return boards->is_warm ? LOOK_AGAIN_MS : 0;
}

enum status boards_open(const char *database, struct clock *clock, struct boards **out)
{
    struct boards *boards = mem_zero(sizeof *boards);
    enum status status;

    doorbell_init(&boards->bell);
    pthread_mutex_init(&boards->lock, NULL);
    boards->clock = clock;
    boards->tally = mem_zero(sizeof *boards->tally);
    if ((status = inbox_open(database, clock, &boards->inbox)) != STATUS_OK) {
        boards_close(boards);
        return status;
    }
    *out = boards;
    return STATUS_OK;
}

void boards_start(struct boards *boards, struct http_server *server)
{
    boards->server = server;
    boards->worker =
        (struct worker){.name = "boards", .step = step, .owner = boards, .bell = &boards->bell, .clock = boards->clock};
    worker_start(&boards->worker);
}

void boards_ring(struct boards *boards)
{
    doorbell_ring(&boards->bell);
}

void room_watch(struct room *room)
{
    struct clock *clock = room->boards->clock;

    atomic_store(&room->watched_mono_ms, clock->ops->mono_ms(clock));
}

struct room *boards_room(struct boards *boards, uint32_t event)
{
    for (size_t i = 0; i < BOARDS_MOST; i++) {
        struct room *room = &boards->rooms[i];
        uint32_t taken = atomic_load(&room->event);
        if (taken && taken != event) continue;
        if (!taken) {
            room->boards = boards;
            board_open("", boards->clock, &room->board); // who may see it is asked here, not there
            room_watch(room);
            atomic_store(&room->event, event);
            boards_ring(boards);
        }
        room_watch(room);
        return room;
    }
    return NULL;
}

void boards_stop(struct boards *boards)
{
    if (boards && boards->worker.is_started) worker_stop(&boards->worker);
}

void boards_close(struct boards *boards)
{
    if (!boards) return;
    boards_stop(boards);
    for (size_t i = 0; i < BOARDS_MOST; i++) {
        struct room *room = &boards->rooms[i];
        if (!atomic_load(&room->event)) continue;
        board_close(room->board);
        free(room->as_published);
    }
    inbox_close(boards->inbox);
    pthread_mutex_destroy(&boards->lock);
    doorbell_destroy(&boards->bell);
    free(boards->tally);
    free(boards);
}
