// event_reader.h -- the parts of an event file's JSON as values. Used by event_file.c only. Pure.
// Each answers false after writing the flaw (node.h); `out` is then half written.
#ifndef EINLASS_RECORD_EVENT_READER_H
#define EINLASS_RECORD_EVENT_READER_H

#include "record/event_file.h"
#include "record/node.h"

bool event_reader_event(const struct node *document, struct event *out); // all but the roster
bool event_reader_entry(const struct node *entry, struct roster_entry *out);

#endif
