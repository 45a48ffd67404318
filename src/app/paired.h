// paired.h -- which office this kiosk belongs to, by the files beside its database. Any thread; nothing is kept.
//   pairing.json   with the office; of a hub: with itself
//   upstream.json  of a hub only: with the real office
#ifndef EINLASS_APP_PAIRED_H
#define EINLASS_APP_PAIRED_H

#include "app/settings.h"
#include "sync/pairing.h"

// The pairing with the real office. MISSING: none yet.
enum status paired_office(const struct settings *settings, struct pairing *out) MUST_CHECK;
// The event that the office named for this kiosk, which comes before any other but one that the command line names;
// 0: none.
uint32_t paired_event(const struct settings *settings);
// Where this kiosk stands: what was set; else what the office calls it, so that two fresh kiosks aren't both "Eingang".
void paired_gate(const struct settings *settings, char out[GATE_SIZE]);

#endif
