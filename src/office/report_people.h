// report_people.h -- whose tickets these are: the roster of the event file that was published, and the walk-ins whose
// data arrived. With names: only for reports and the clerk's pages. Resource. Threads: one at a time.
#ifndef EINLASS_OFFICE_REPORT_PEOPLE_H
#define EINLASS_OFFICE_REPORT_PEOPLE_H

#include "office/inbox.h"
#include "office/moment.h"

#include <jansson.h>

struct report_person {
    uint64_t ticket;
    uint32_t person; // 0: the ticket stands for itself
    uint8_t class_id, group;
    bool is_walk_in;
    bool may_come; // not withdrawn, canceled or blocked
    char *name, *company;
};

struct report_people {
    struct event event;
    struct report_person *list; // [count], in the order of the roster, walk-ins behind it
    size_t count, room;
    uint32_t *by_ticket;      // [count], places in `list`
    struct moment_zone *zone; // the event's
};

enum status report_people_open(struct inbox *inbox, uint32_t event, struct report_people **out) MUST_CHECK; // MISSING
void report_people_close(struct report_people *people);                                              // NULL is fine
const struct report_person *report_people_find(const struct report_people *people, uint64_t ticket); // NULL

struct report_walk_in {
    const struct record *record;
    const uint8_t *log; // [LOG_ID_BYTES]
    const json_t *blob; // what they said (record/walk_in.h); NULL: it has not arrived
};
// In the order in which their records arrived.
typedef enum status report_walk_in_visitor(void *owner, const struct report_walk_in *walk_in);
enum status report_each_walk_in(struct inbox *inbox, uint32_t event, report_walk_in_visitor *visit,
                                void *owner) MUST_CHECK;
// A text in the blob's object `part` ("fields"), or NULL.
const char *report_walk_in_text(const struct report_walk_in *walk_in, const char *part, const char *key);

#endif
