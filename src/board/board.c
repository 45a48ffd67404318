#define LOG_MODULE "board"

#include "board/board.h"

#include "base/mem.h"
#include "board/numbers.h"

#include <jansson.h>
#include <sodium.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_SESSION_BYTES = 256,
    COOKIE_S = 14 * 24 * 3600,
    MADE_SIZE = 24,
    MADE_EVENT_BYTES = 64, // "event: made" and its figure
    LEAST_LIVE_BYTES = 2 * MADE_EVENT_BYTES,
};

static const char cookie_name[] = "einlass-board";

struct board {
    struct clock *clock;
    char token[BOARD_TOKEN_SIZE], cookie[BOARD_TOKEN_SIZE];
    pthread_mutex_t lock; // of all below
    char *numbers;        // JSON; NULL: nothing was put yet
    int64_t made_unix_ms, put_mono_ms;
    uint32_t numbers_version, made_version; // what a stream's `seen` holds, in its upper and lower half
};

void board_open(const char *token, struct clock *clock, struct board **out)
{
    struct board *board = mem_zero(sizeof *board);

    board->clock = clock;
    snprintf(board->token, sizeof board->token, "%s", token);
    board_cookie(token, board->cookie);
    pthread_mutex_init(&board->lock, NULL);
    *out = board;
}

void board_close(struct board *board)
{
    if (!board) return;
    pthread_mutex_destroy(&board->lock);
    free(board->numbers);
    free(board);
}

void board_put(struct board *board, const struct tally *tally)
{
    char *numbers = numbers_json(tally);
    int64_t mono_ms = board->clock->ops->mono_ms(board->clock);

    pthread_mutex_lock(&board->lock);
    if (!board->numbers || strcmp(board->numbers, numbers) != 0) {
        char *before = board->numbers;
        board->numbers = numbers;
        numbers = before;
        board->numbers_version++;
    }
    board->made_unix_ms = tally->made_unix_ms;
    board->put_mono_ms = mono_ms;
    board->made_version++;
    pthread_mutex_unlock(&board->lock);
    free(numbers);
}

// ---- what it answers ----

static char *wrap(int64_t made_unix_ms, int64_t age_ms, const char *numbers)
{
    static const char form[] = "{\"made_ms\":%lld,\"age_ms\":%lld,\"numbers\":%s}";
    size_t size = sizeof form + 2 * 20 + strlen(numbers);
    char *json = mem_zero(size);

    snprintf(json, size, form, (long long)made_unix_ms, (long long)age_ms, numbers);
    return json;
}

char *board_json(struct board *board)
{
    int64_t mono_ms = board->clock->ops->mono_ms(board->clock);
    char *json = NULL;

    pthread_mutex_lock(&board->lock);
    if (board->numbers) json = wrap(board->made_unix_ms, mono_ms - board->put_mono_ms, board->numbers);
    pthread_mutex_unlock(&board->lock);
    return json;
}

// The whole of an event, or nothing of it.
static size_t write_event(char *out, size_t most, const char *name, const char *text)
{
    int length = snprintf(out, most, "event: %s\ndata: %s\n\n", name, text);

    return length > 0 && (size_t)length < most ? (size_t)length : 0;
}

size_t board_live(void *owner, uint64_t *seen, char *out, size_t most)
{
    struct board *board = owner;
    char made[MADE_SIZE];
    size_t length = 0;

    if (most < LEAST_LIVE_BYTES) return 0;

    pthread_mutex_lock(&board->lock);
    if (board->numbers && (uint32_t)(*seen >> 32) != board->numbers_version) {
        length = write_event(out, most - MADE_EVENT_BYTES, "numbers", board->numbers);
        if (length == 0) length = write_event(out, most, "look", "1");
    }
    if (board->numbers && (uint32_t)*seen != board->made_version) {
        snprintf(made, sizeof made, "%lld", (long long)board->made_unix_ms);
        length += write_event(out + length, most - length, "made", made);
    }
    *seen = (uint64_t)board->numbers_version << 32 | board->made_version;
    pthread_mutex_unlock(&board->lock);
    return length;
}

static bool may(const struct board *board, const struct http_request *request, struct http_reply *reply)
{
    bool is_known = board_is_secret(http_cookie(request, cookie_name), board->cookie);

    if (!is_known) http_error(reply, 401, "scan the kiosk's code again");
    return is_known;
}

static void answer_session(void *owner, const struct http_request *request, struct http_reply *reply)
{
    const struct board *board = owner;
    json_t *json = json_loadb((const char *)request->body, request->length, 0, NULL);
    bool is_known = board_is_secret(json_string_value(json_object_get(json, "token")), board->token);

    json_decref(json);
    if (!is_known) {
        http_error(reply, 401, "scan the kiosk's code again");
        return;
    }
    reply->status = 204;
    snprintf(reply->cookie, sizeof reply->cookie, "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s", cookie_name,
             board->cookie, COOKIE_S, request->is_secure ? "; Secure" : "");
}

static void answer_numbers(void *owner, const struct http_request *request, struct http_reply *reply)
{
    struct board *board = owner;

    if (!may(board, request, reply)) return;
    char *json = board_json(board);
    if (json) http_json(reply, 200, json);
    else {
        http_error(reply, 503, "no numbers yet");
        reply->retry_after_s = 1;
    }
}

static void answer_live(void *owner, const struct http_request *request, struct http_reply *reply)
{
    if (!may(owner, request, reply)) return;
    reply->status = 200;
    reply->type = "text/event-stream";
    reply->stream = board_live;
    reply->stream_owner = owner;
}

static void answer_file(void *owner, const struct http_request *request, struct http_reply *reply)
{
    (void)request;
    *reply = *(const struct http_reply *)owner;
}

size_t board_routes(struct board *board, struct http_route routes[BOARD_MOST_ROUTES])
{
    static const char *const paths[] = {
        "/", "/board.css", "/board.js", "/board_draw.js", "/board_chart.js", "/board_words.js", "/icon.svg"};
    size_t count = 0;

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        routes[count++] = (struct http_route){.method = HTTP_GET,
                                              .path = paths[i],
                                              .answer = answer_file,
                                              .owner = (void *)(uintptr_t)board_file(paths[i] + 1)}; // only read
    routes[count++] = (struct http_route){.method = HTTP_POST,
                                          .path = "/session",
                                          .answer = answer_session,
                                          .owner = board,
                                          .most_body_bytes = MOST_SESSION_BYTES};
    routes[count++] =
        (struct http_route){.method = HTTP_GET, .path = "/numbers", .answer = answer_numbers, .owner = board};
    routes[count++] = (struct http_route){.method = HTTP_GET, .path = "/live", .answer = answer_live, .owner = board};
    return count;
}
