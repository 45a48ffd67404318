// call.h -- a request to the office, and who asks: what every route gets. The table of all routes (routes.c) says who
// may; a route is called only after that was checked. Server's thread only.
// Who asks proves it by:
//   ACCESS_DEVICE  Authorization: Bearer, the token of its pairing. 401 nobody's, 403 revoked, 426 its program is too
//   old
//   ACCESS_CLERK   the cookie "clerk" of a login; what changes something also needs the header `X-Einlass: 1`, which no
//                  other site's page can send (CSRF). 401, 403
//   ACCESS_BOARD   the cookie "board" of that event's board, or a clerk's. 401
#ifndef EINLASS_SERVICE_CALL_H
#define EINLASS_SERVICE_CALL_H

#include "http/server.h"
#include "office/clerk.h"
#include "service/service.h"

enum access { ACCESS_ANYBODY, ACCESS_DEVICE, ACCESS_CLERK, ACCESS_BOARD };

struct call {
    struct service *service;
    const char *path; // of its route
    const struct http_request *request;
    struct http_reply *reply;
    struct device device;        // ACCESS_DEVICE
    char clerk[CLERK_NAME_SIZE]; // ACCESS_CLERK
    uint32_t event;              // ACCESS_BOARD: the path's first part
    bool is_secure;              // the other side speaks TLS, with us or with a proxy of ours: cookies are Secure
};

typedef void call_handler(struct call *call);
struct service_route {
    enum http_method method;
    enum access access;
    size_t most_body_bytes;
    const char *path;
    call_handler *answer;
};
extern const struct service_route service_routes[];
extern const size_t service_route_count;

// A kiosk that was paired for one event hears and sees nothing of the others; a hub needs them all.
bool call_may_have(const struct call *call, uint32_t event);
// Checks who asks; false: the reply says what is wrong.
bool call_is_allowed(struct call *call, const struct service_route *route);

// Answers. `words` are for people, or the word a kiosk goes by ("gap", "revoked").
void call_refuse(struct call *call, enum status status, const char *words); // LATER 503, MISSING 404, INVALID 400
struct json_t;
void call_answer(struct call *call, int status, struct json_t *json); // takes the reference
// The path's part, or a query's value, as a number from 1 on; 0: it is none.
uint32_t call_number(const char *text);
struct json_t *call_body(const struct call *call); // the body as a JSON object, or NULL; yours (json_decref)
// A text of the body's; NULL: it isn't there, or is none.
const char *call_text(const struct json_t *body, const char *key);

#endif
