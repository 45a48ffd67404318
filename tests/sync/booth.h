// booth.h -- a kiosk's database, its sync, and somebody at the desk who takes in what sync delivers; over TLS to an
// office (office.h) that may lie. Steps are called by hand and time is moved by hand: no thread, no waiting.
#ifndef EINLASS_TESTS_SYNC_BOOTH_H
#define EINLASS_TESTS_SYNC_BOOTH_H

#include "support/door.h"
#include "sync/office.h"
#include "sync/sync.h"

struct booth {
    struct door door;
    struct store *store;
    struct device_key key;
    const char *gate;
    char pairing[128], stick[128];
    struct office *office; // NULL: it has another one
    struct sync *sync;
    struct discover *discover; // NULL: nobody looks
    struct queue deliveries;
    struct mailbox states;
    struct sync_state state; // the newest
    enum status refusal;     // OK: the desk takes everything
    bool is_away;            // nobody takes anything
    size_t record_pieces, events, forks, clocks;
    struct delivery last_clock, last_fork;
    struct receipt last_event;
    int64_t send_due_ms, feed_due_ms; // what the steps answered
};

void booth_open(struct booth *booth, bool is_paired);
// Another kiosk (number 10 …) at the event that `first` has a document of, paired with nobody: save a pairing, and
// start its sync.
void booth_open_beside(struct booth *booth, const struct door *first, const char *gate, uint8_t number);
void booth_close(struct booth *booth);
void booth_start_sync(struct booth *booth); // as the program does it; before: booth_stop_sync
void booth_stop_sync(struct booth *booth);
void booth_write(struct booth *booth, size_t count); // records, as the desk would
uint64_t booth_last(const struct booth *booth);      // seq
void booth_desk(struct booth *booth);                // takes in what was delivered
void booth_send(struct booth *booth, int most);      // steps until it wants to wait, or so many
void booth_feed(struct booth *booth, int most);
void booth_move(struct booth *booth, int64_t ms);
void booth_ask(struct booth *booth, enum sync_request_kind kind, const char *text);
void booth_offer(const struct booth *booth, const char *code, char out[PAIRING_TEXT_SIZE]);
void booth_is_at_the_office(struct booth *booth); // each record, once, byte for byte

#endif
