// uplink_answer.h -- whether an answer is an office's, and what its headers say. What stands between us and the office
// answers too: a WLAN's log-in page, a router, a proxy whose office is down. Pure; any thread.
#ifndef EINLASS_SYNC_UPLINK_ANSWER_H
#define EINLASS_SYNC_UPLINK_ANSWER_H

#include "sync/uplink.h"

void uplink_answer_begin(struct uplink_answer *answer); // no header seen yet
// One line of the head, with its end. A status line begins it anew (as after "100 Continue").
void uplink_answer_header(struct uplink_answer *answer, const char *line, size_t length);
// OK: an office's. LATER: none, with `trouble` set.
// What tells us only to come again, or with less, is believed of anybody, but without its words; what would change more
// (200, 401, 404, …) must be an office's JSON or event file.
enum status uplink_answer_judge(struct uplink_answer *answer, const struct uplink_request *request) MUST_CHECK;

#endif
