// field.h -- a hub in the field and its office, both inboxes in this process, a bad line between them; kiosks that
// bring records to the hub.
#ifndef EINLASS_TESTS_SERVICE_FIELD_H
#define EINLASS_TESTS_SERVICE_FIELD_H

#include "fakes/clock_hand.h"
#include "fakes/uplink_inbox.h"
#include "service/forward.h"
#include "support/folder.h"
#include "support/scribe.h"

enum { FIELD_KIOSKS = 3, FIELD_MOST_STEPS = 20000 };

struct field { // a hub in the field, and its office
    struct folder folder;
    struct clock_hand hand;
    struct clock *clock;
    char hub_path[128], office_path[128], pairing_path[128];
    struct inbox *hub, *office;
    struct scribe *scribes[FIELD_KIOSKS];
    struct line line;
    struct forward *forward;
};

int field_open(void **state); // cmocka's set-up and tear-down
int field_close(void **state);
struct device field_enrol(struct inbox *inbox, const char *name, const uint8_t key[DEVICE_KEY_BYTES], bool is_hub);
void field_pair(struct field *field, const uint8_t root_key[ROOT_KEY_BYTES]);
void field_open_forward(struct field *field);
void field_fill(struct field *field);    // every kiosk brings four batches to the hub
bool field_has_all(struct field *field); // the office has what the hub has
// Steps as the thread would, with time passing as each step wants it, until `is_done` or no more patience.
bool field_runs_until(struct field *field, bool (*is_done)(struct field *));
void field_assert_same_bytes(struct field *field, size_t kiosk);

#endif
