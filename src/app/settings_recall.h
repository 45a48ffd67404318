// settings_recall.h -- what staff chose on the screen, remembered by the store (record/store.h), as settings.
// It wins over kiosk.conf, as the people at the door chose it later, and gives way to the command line. The list and
// its direction belong to an event: another event's are passed over. Main thread, at start.
#ifndef EINLASS_APP_SETTINGS_RECALL_H
#define EINLASS_APP_SETTINGS_RECALL_H

#include "app/settings.h"

// As store_ops.recall. MISSING: never set; "": forgotten.
typedef enum status settings_recaller(void *owner, const char *key, char *out);

// Keys: list, direction, language, volume, brightness, large_text, high_contrast. What means nothing is passed over.
void settings_recall(settings_recaller *recall, void *owner, bool is_same_event, struct settings *settings);

#endif
