// event_reader.h -- the parts of an event file's JSON as values. Used by event_file.c and among themselves. Pure.
// Each answers false after writing the flaw (json_node.h); `out` is then half written.
#ifndef EINLASS_RECORD_EVENT_READER_H
#define EINLASS_RECORD_EVENT_READER_H

#include "record/event_file.h"
#include "record/json_node.h"

bool event_reader_event(const struct json_node *document, struct event *out); // all but the roster
bool event_reader_entry(const struct json_node *entry, struct roster_entry *out);

// Parts of event_reader_event. Classes must have been read before the walk-ins.
bool event_reader_lists(const struct json_node *document, struct event *event);
bool event_reader_stops(const struct json_node *document, struct event *event);
bool event_reader_walk_ins(const struct json_node *document, struct event *event);

// A text per language into texts[LANGUAGE_COUNT][size]. German must be there; where English is missing or empty, German
// is shown. A name must not be empty.
bool event_reader_texts(const struct json_node *object, const char *key, char *texts, size_t size);
bool event_reader_name(const struct json_node *object, const char *key, char *texts, size_t size);

#endif
