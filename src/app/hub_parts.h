// hub_parts.h -- what the files of the hub share; everyone else sees hub.h.
//   hub.c       the child that is the hub, and the files
//   hub_join.c  the kiosk's own pairing with it
//   hub_offer.c other kiosks: who has come, an offer for the next one
//   hub_begin.c another program of ours, begun
#ifndef EINLASS_APP_HUB_PARTS_H
#define EINLASS_APP_HUB_PARTS_H

#include "app/hub.h"
#include "app/office_probe.h"
#include "app/programs.h"
#include "base/mailbox.h"
#include "base/worker.h"
#include "http/certificate.h"
#include "sync/hub_state.h"

#include <sys/types.h>

enum { HUB_SAID_SIZE = 16384, HUB_TOOL_MS = 20 * 1000 };

struct hub_tool { // `einlass kiosk …`, and what it says
    pid_t pid;    // 0: none runs
    int said_fd;
    char said[HUB_SAID_SIZE];
    size_t length;
    int64_t since_ms;
};

struct hub {
    char program[PROGRAM_PATH_SIZE];
    char database[SETTING_PATH_SIZE], upstream[SETTING_PATH_SIZE], own[SETTING_PATH_SIZE];
    char no_book[SETTING_PATH_SIZE]; // a hub has none, whatever lies in the working folder
    char listen[16], url[HUB_URL_SIZE];
    struct queue *requests;
    struct doorbell bell;
    struct worker worker;
    int64_t now_ms;

    pid_t pid; // 0: it isn't running
    int64_t started_ms, retry_ms, wait_ms;
    struct clock *clock;
    struct uplink *uplink; // to it; NULL until the first question
    struct office_probe probe;

    struct hub_tool join;    // the kiosk itself
    bool is_name_taken;      // revoke comes first
    bool is_revoking;        // that is what the tool does
    int64_t look_ms, ask_ms; // when the pairing is looked at, and a code asked for

    struct queue staff;     // of struct hub_request
    struct mailbox *states; // of struct hub_state
    struct hub_state state; // as told, but for what came since
    struct hub_tool tool;   // for others
    bool is_making;         // that is what the tool does, instead of listing
    bool wants_list, wants_offer;
    int64_t listed_ms, watched_until_ms;
    uint32_t event; // that the kiosk serves
};

// Begins `program`, which dies with this thread; its standard output goes to `out_fd`, or nowhere (-1). 0: it can't.
pid_t hub_begin(const char *program, char *const words[], int out_fd);

// One turn towards the own pairing; nothing once there is one.
void hub_join(struct hub *hub);
uint32_t hub_event(const struct hub *hub, const struct pairing *upstream); // that kiosks are to serve; 0: unknown

// One turn of what staff asked for.
void hub_serve(struct hub *hub);

// True: it runs. What it says is a text once it was taken; whatever takes HUB_TOOL_MS is ended.
bool hub_tool_begin(struct hub_tool *tool, char *const words[], int64_t mono_ms);
bool hub_tool_take(struct hub_tool *tool, int64_t mono_ms, bool *is_well_out); // false: it still runs
void hub_tool_end(struct hub_tool *tool);

#endif
