// parts.h -- what the files of this stage share: the service itself, and the handlers of its routes.
#ifndef EINLASS_SERVICE_PARTS_H
#define EINLASS_SERVICE_PARTS_H

#include "service/boards.h"
#include "service/call.h"
#include "service/forward.h"
#include "service/press.h"
#include "service/reports.h"
#include "sync/announce.h"

#include <stdatomic.h>

struct service {
    atomic_bool is_open; // all of it is there; until then the server answers 503
    struct service_config config;
    struct inbox *inbox;
    struct book *book; // NULL: a hub
    struct http_server *server;
    struct boards *boards;
    struct reports *reports;
    struct press *press;       // NULL: a hub
    struct forward *forward;   // a hub's way to the office; NULL: none
    struct announce *announce; // NULL: whoever wants us knows where we are
    struct http_route *routes; // as the server has them
    char url[SERVICE_ORIGIN_SIZE];
    char shown_code[PAIRING_CODE_SIZE]; // as it was at the start
    char setup_code[PAIRING_CODE_SIZE]; // the server's thread's: "" once a login was made
    size_t wrong_setups;                // codes that were tried; too many, and it is gone until the next start
    struct doorway {                    // what the server calls: a route, and whose it is
        struct service *service;
        const struct service_route *route;
    } * doorways;
};

// The event as the clerk knows it: of the book, or (a hub) as it was published. MISSING: no such event.
enum status service_event(struct service *service, uint32_t number, struct event *out) MUST_CHECK;
// Who it was sold to; "" where only the hub is asked, or the ticket is a walk-in's.
void service_name_of(struct service *service, uint32_t event, uint64_t ticket, char out[GUEST_NAME_SIZE]);

// The sync API (FORMATS: sync).
call_handler api_enroll, api_log, api_records, api_blob, api_event, api_feed;
// Pages and their parts.
call_handler page_file, page_icon, page_board, page_board_file;
// The clerk's calls.
call_handler clerk_who, clerk_enter, clerk_leave, clerk_setup, clerk_add, clerk_logins, clerk_dismiss;
call_handler clerk_events, clerk_publish, clerk_conflicts, clerk_report, clerk_alarms;
call_handler clerk_devices, clerk_pair, clerk_revoke, clerk_board;
// The boards.
call_handler boards_enter, boards_numbers, boards_live;

#endif
