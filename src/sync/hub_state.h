// hub_state.h -- what a kiosk that is the hub of others is asked for by its staff, and what it tells them. Values.
#ifndef EINLASS_SYNC_HUB_STATE_H
#define EINLASS_SYNC_HUB_STATE_H

#include "sync/pairing.h"

struct hub_request {
    char name[PAIRING_NAME_SIZE]; // of the kiosk that is to be paired; "": only tell how it is, and look for a while
    int64_t asked_mono_ms;
};

enum hub_offer {
    HUB_OFFER_NONE,
    HUB_OFFER_MAKING,
    HUB_OFFER_OPEN,       // `text` is good until `until_mono_ms`
    HUB_OFFER_TAKEN,      // that kiosk has come
    HUB_OFFER_OVER,       // it hasn't
    HUB_OFFER_NAME_TAKEN, // another kiosk is called so
    HUB_OFFER_FAILED,     // the hub isn't running, or not yet
};

struct hub_kiosk {
    char name[PAIRING_NAME_SIZE];
    int64_t heard_mono_ms; // to within a minute
};

enum { HUB_MOST_KIOSKS = 16 };
struct hub_state { // to the screen
    enum hub_offer offer;
    int64_t asked_mono_ms;        // of the request that `offer` answers
    char name[PAIRING_NAME_SIZE]; // of the kiosk it is for
    char text[PAIRING_TEXT_SIZE];
    int64_t until_mono_ms;
    bool is_cut_off;    // there is no network: nobody can come
    size_t kiosk_count; // paired with it and not revoked, this one among them; the first by name if there are more
    struct hub_kiosk kiosks[HUB_MOST_KIOSKS];
};

#endif
