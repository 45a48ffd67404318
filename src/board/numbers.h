// numbers.h -- a tally ▶ JSON, as the page reads it. Pure.
//   {"event":7,"version":3,"zone":"Europe/Berlin","name":{"de":"…","en":"…"},"list":2,
//    "lists":[{"id":2,"mode":"in_out","name":"…","inside":42,"expected":45,"last_ms":1795341152123,
//              "arrivals":[0,3,7],"classes":[[0,30,31],[1,12,14]],"groups":[],
//              "round":2,"stop":"…","signed_off":1,            (roll_call)
//              "given":42,"left":118,"left_here":40}],         (hand_out; left where limited, left_here where stocked)
//    "arrivals_from_ms":1795338000000,"arrivals_step_ms":300000,
//    "classes":[{"de":"…","en":"…"}],"groups":[…],
//    "kiosks":[{"gate":"Nord","is_this":true,"heard_ms":1795341152123,"waiting":3}]}
// A list's classes and groups are [position in the event's, inside, expected], without those where both are 0; its
// arrivals end with the last five minutes in which anybody came. Times: unix ms, 0 = never.
#ifndef EINLASS_BOARD_NUMBERS_H
#define EINLASS_BOARD_NUMBERS_H

#include "record/tally.h"

// One line, without `made_unix_ms`: so two of them are equal where the page would look the same. free()
char *numbers_json(const struct tally *tally);

#endif
