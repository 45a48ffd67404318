// uplink_inbox.h -- an uplink whose office is an inbox in this process, behind a bad line: requests and answers get
// lost.
#ifndef EINLASS_TESTS_FAKES_UPLINK_INBOX_H
#define EINLASS_TESTS_FAKES_UPLINK_INBOX_H

#include "office/inbox.h"
#include "sync/uplink.h"

struct line { // moved by the test
    struct inbox *office;
    struct device device;    // whose token is known there
    uint32_t lost_per_mille; // requests, and as many answers
    uint32_t seed;
    int refusal; // status of every answer; 0: as it comes
    int retry_after_s;
    bool is_mute; // its feed says nothing
    size_t calls; // that arrived
};

void uplink_inbox_open(struct line *line, struct uplink **out);

#endif
