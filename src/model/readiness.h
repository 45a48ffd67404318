// readiness.h -- what the ready check says before the doors open: facts from all over the program, as one value.
// Filled by app/inspect.c, shown by the staff page. Unknown facts are zero and shown as "unknown", never as fine.
#ifndef EINLASS_MODEL_READINESS_H
#define EINLASS_MODEL_READINESS_H

#include "base/clock.h"
#include "model/update.h"

#include <stdbool.h>
#include <stdint.h>

enum readiness_proof { PROOF_NONE, PROOF_RUNNING, PROOF_FINE, PROOF_BROKEN };

struct readiness {
    int64_t mono_ms; // when it was looked; 0: never
    uint32_t ticket_count, event_version;
    bool has_camera;
    double frames_per_s; // as they arrive
    int sharpness;       // 0 … 100 of the picture now; below 30 it is blurred or nothing is in view
    enum clock_state clock;
    uint64_t disk_free_bytes;
    enum readiness_proof database; // recounted from the log
    uint64_t record_count;
    char scanners[128];  // hand scanners by name, ", " between; "" = none
    char printer[64];    // "" = none
    bool has_board;      // a headcount page is served
    char board_url[256]; // its link, with the token: shown as QR; "" = this machine is in no network
    char wifi_name[64];  // of the kiosk's own Wi-Fi, while it is there; "" = it isn't
    char wifi_code[256]; // that Wi-Fi with its passphrase, as phones read it from a QR code
    struct update update;
};

#endif
