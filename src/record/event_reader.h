// event_reader.h -- the parts of an event file's JSON as values. Used by event_file.c only. Pure.
// Each answers false after writing the flaw (json_node.h); `out` is then half written.
#ifndef EINLASS_RECORD_EVENT_READER_H
#define EINLASS_RECORD_EVENT_READER_H

#include "record/event_file.h"
#include "record/json_node.h"

bool event_reader_event(const struct json_node *document, struct event *out); // all but the roster
bool event_reader_entry(const struct json_node *entry, struct roster_entry *out);

#endif
