// What the boards answer (server's thread).
#include "service/boards_parts.h"

#include "service/memo.h"
#include "service/parts.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { COOKIE_S = 14 * 24 * 3600, COUNTED_WITHIN_MS = 3000 };

static void name_token(uint32_t event, char out[32])
{
    snprintf(out, 32, "board.%u", event);
}

enum status boards_token(struct inbox *inbox, uint32_t event, char out[BOARD_TOKEN_SIZE])
{
    char name[32];
    enum status status = memo_prepare(inbox);

    name_token(event, name);
    if (status == STATUS_OK) status = memo_read(inbox, name, out, BOARD_TOKEN_SIZE);
    if (status != STATUS_MISSING) return status;
    board_new_token(out);
    if ((status = memo_write_first(inbox, name, out)) != STATUS_OK) return status;
    return memo_read(inbox, name, out, BOARD_TOKEN_SIZE); // another process may have been quicker
}

static bool find_token(struct inbox *inbox, uint32_t event, char out[BOARD_TOKEN_SIZE])
{
    char name[32];

    name_token(event, name);
    return event && memo_read(inbox, name, out, BOARD_TOKEN_SIZE) == STATUS_OK;
}

bool boards_knows(struct inbox *inbox, uint32_t event, const char *cookie)
{
    char token[BOARD_TOKEN_SIZE], right[BOARD_TOKEN_SIZE];

    if (!cookie || !find_token(inbox, event, token)) return false;
    board_cookie(token, right);
    return board_is_secret(cookie, right);
}

// The link's token for a cookie, which goes to this board only.
void boards_enter(struct call *call)
{
    uint32_t event = call_number(call->request->parts[0]);
    char token[BOARD_TOKEN_SIZE], cookie[BOARD_TOKEN_SIZE];
    json_t *body = call_body(call);
    bool is_known = find_token(call->service->inbox, event, token) && board_is_secret(call_text(body, "token"), token);

    json_decref(body);
    if (!is_known) {
        http_error(call->reply, 401, "this board needs its link");
        return;
    }
    board_cookie(token, cookie);
    call->reply->status = 204;
    snprintf(call->reply->cookie, sizeof call->reply->cookie,
             "board=%s; Path=/board/%u/; Max-Age=%d; HttpOnly; SameSite=Strict%s", cookie, event, COOKIE_S,
             call->is_secure ? "; Secure" : "");
}

// NULL: there is none, and the reply says so.
static struct room *find_room(struct call *call)
{
    struct inbox_event found = {0};
    enum status status = inbox_event(call->service->inbox, call->event, false, &found);
    struct room *room = NULL;

    if (status != STATUS_OK) {
        call_refuse(call, status, "not published yet");
        return NULL;
    }
    room = boards_room(call->service->boards, call->event);
    if (!room) call_refuse(call, STATUS_LATER, "too many boards at once");
    return room;
}

// Who is the first to look waits for the first count.
void boards_numbers(struct call *call)
{
    struct room *room = find_room(call);
    int64_t left_ms = COUNTED_WITHIN_MS - call->request->waited_ms;
    char *json;

    if (!room) return;
    json = board_json(room->board);
    if (json) http_json(call->reply, 200, json);
    else if (left_ms > 0) call->reply->wait_ms = left_ms;
    else call_refuse(call, STATUS_LATER, "no numbers yet");
}

// Asked after each ring, as long as somebody is there.
static size_t live(void *owner, uint64_t *seen, char *out, size_t most)
{
    struct room *room = owner;

    room_watch(room);
    return board_live(room->board, seen, out, most);
}

void boards_live(struct call *call)
{
    struct room *room = find_room(call);

    if (!room) return;
    call->reply->status = 200;
    call->reply->type = "text/event-stream";
    call->reply->stream = live;
    call->reply->stream_owner = room;
}
