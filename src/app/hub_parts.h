// hub_parts.h -- what the files of the hub share; everyone else sees hub.h.
//   hub.c       the child that is the hub, and the files
//   hub_join.c  the kiosk's own pairing with it
//   hub_begin.c another program of ours, begun
#ifndef EINLASS_APP_HUB_PARTS_H
#define EINLASS_APP_HUB_PARTS_H

#include "app/hub.h"
#include "app/programs.h"
#include "base/worker.h"
#include "http/certificate.h"
#include "sync/pairing.h"

#include <sys/types.h>

enum { HUB_SAID_SIZE = 8192 };

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

    pid_t tool; // 0: none; `einlass kiosk …`
    int said_fd;
    char said[HUB_SAID_SIZE];
    size_t said_length;
    bool is_name_taken;      // revoke comes first
    bool is_revoking;        // that is what the tool does
    int64_t look_ms, ask_ms; // when the pairing is looked at, and a code asked for
};

// Begins `program`, which dies with this thread; its standard output goes to `out_fd`, or nowhere (-1). 0: it can't.
pid_t hub_begin(const char *program, char *const words[], int out_fd);

// One turn towards the own pairing; nothing once there is one.
void hub_join(struct hub *hub);
void hub_end_tool(struct hub *hub);

#endif
