// hub.h -- this kiosk as the office of those around it: a child process, `einlass office --hub`, kept running, and the
// kiosk's own way to it. What comes there goes on to the real office (service/forward.h) with the upstream pairing.
// Files beside the database: upstream.json (the pairing with the real office), hub.db (what came from the others) with
// its certificate hub.db.*.pem, pairing.json (this kiosk with its own hub, over loopback; made by itself).
// What its staff want (a pairing offer for another kiosk, who has come) is done by `einlass kiosk …` with hub.db:
// nobody waits for it, and an answer that fails is a word of struct hub_state. Whoever pairs the kiosk anew on the
// screen means the real office: hub_take_upstream() moves that to its place. Ownership: open() copies what it needs of
// the settings. Threads: one of its own, "hub", with whose end the child dies. Failure: a child that can't start or
// dies is started again, 1 s … 30 s later, one that hangs is ended after two minutes; the door goes on alone meanwhile.
#ifndef EINLASS_APP_HUB_H
#define EINLASS_APP_HUB_H

#include "app/settings.h"
#include "base/clock.h"
#include "base/mailbox.h"
#include "base/queue.h"

struct hub;
// There is a pairing with the real office, so that the hub can be.
bool hub_is_due(const struct settings *settings);
// True: pairing.json was one with the real office, and is upstream.json now.
bool hub_take_upstream(const struct settings *settings);

// `requests`: sync's, of struct sync_request. Until `pairing` (a path) is one with the hub, it is asked to pair.
struct hub_config {
    const struct settings *settings;
    const char *pairing;
    struct clock *clock;
    struct watch *watch; // base/watch.h; NULL: nobody looks
    struct queue *requests;
    struct mailbox *states; // of struct hub_state
    uint32_t event;         // that is served here, for kiosks where the office named none
};
void hub_open(const struct hub_config *config, struct hub **out);
struct queue *hub_staff(struct hub *hub); // of struct hub_request, from the desk; 4 deep
void hub_start(struct hub *hub);
void hub_close(struct hub *hub); // ends the child; NULL is fine

enum { HUB_URL_SIZE = 40 };
void hub_url(const struct settings *settings, char out[HUB_URL_SIZE]); // over loopback

#endif
