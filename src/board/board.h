// board.h -- the headcount board: one page for organisers' phones, alive by server-sent events; numbers, no names.
// A kiosk serves it in the LAN, the office for each event. Routes, below `base` ("" or "/board/{event}"):
//   GET  base/          the page; base/board.css and so on: its parts (board_file)
//   POST base/session   {"token": "…"}, from the link's fragment, for a cookie (HttpOnly, SameSite=Strict). Else 401
//   GET  base/numbers   {"made_ms": …, "age_ms": …, "numbers": …}, see numbers.h; age_ms: how long ago they were put,
//                       so that who comes late sees that nobody counts any more. Without the cookie 401, before any
//                       tally 503
//   GET  base/live      the same as server-sent events, at once and at each news: see board_live()
// Whoever feeds it puts a tally at least every BOARD_FRESH_MS, also when nothing changed: a page that hears nothing for
// longer says that its numbers are old. An unchanged one costs each client 40 bytes.
// Threads: handlers on the server's thread; board_put() from any. Ownership: open() hands it to you; close it after the
// server. Nothing in it fails.
#ifndef EINLASS_BOARD_BOARD_H
#define EINLASS_BOARD_BOARD_H

#include "http/server.h"
#include "record/tally.h"

enum {
    BOARD_TOKEN_SIZE = 33, // 128 bits, 32 hex digits
    BOARD_LINK_SIZE = 256,
    BOARD_MOST_ROUTES = 12,
    BOARD_FRESH_MS = 10 * 1000,
};

struct board;
// token: the only one that opens it, BOARD_TOKEN_SIZE. The clock is borrowed.
void board_open(const char *token, struct clock *clock, struct board **out);
void board_put(struct board *board, const struct tally *tally); // copied; ring the server afterwards
// Fills in routes for a board of its own at "/": how many.
size_t board_routes(struct board *board, struct http_route routes[BOARD_MOST_ROUTES]);
void board_close(struct board *board); // NULL is fine

// For who serves several (the office): the parts, and what they answer, once the caller knows that the asker may.
const struct http_reply *board_file(const char *name); // "", "board.css", …; NULL: none
char *board_json(struct board *board);                 // what base/numbers answers; free(). NULL: nothing was put yet
// An http_stream, of a struct board: "event: numbers" with {…} whenever they changed ("event: look" where they are
// longer than `most`: the page asks base/numbers then), and "event: made" with the unix ms of when they were true.
size_t board_live(void *board, uint64_t *seen, char *out, size_t most);
void board_new_token(char out[BOARD_TOKEN_SIZE]);
// The token of one event's board, the same at each start, made from a secret kept in the file (0600; made where there
// is none). Who has one event's link can't read the next one's numbers. INVALID: the file holds none. LATER: not now.
enum status board_keep_token(const char *secret_path, uint32_t event, char out[BOARD_TOKEN_SIZE]) MUST_CHECK;
// What a browser gets for the token. It is not the token: who sees it on a phone can't pass the link on.
void board_cookie(const char token[BOARD_TOKEN_SIZE], char out[BOARD_TOKEN_SIZE]);
// Whether a stranger's text (NULL: none) is that token or cookie; takes as long for any of its length.
bool board_is_secret(const char *given, const char secret[BOARD_TOKEN_SIZE]);
// "http://192.168.4.1:8080/#TOKEN", or with "/board/7/" before the #
void board_link(const char *origin, const char *path, const char *token, char out[BOARD_LINK_SIZE]);

#endif
