// publish.h -- an event of the book as the signed file that kiosks take (record/event_file.h).
#ifndef EINLASS_OFFICE_PUBLISH_H
#define EINLASS_OFFICE_PUBLISH_H

#include "office/book.h"
#include "office/inbox.h"

struct publication {
    uint32_t version;
    size_t guest_count, byte_count;
    bool is_new; // false: the content is that of the version before
};

// Writes `path` and `path`.sig. The version grows when anything but the version differs from the last publication.
// INVALID: no kiosk would accept the event; the log says why.
enum status publish_event(struct book *book, const struct event *event, const char *path,
                          struct publication *out) MUST_CHECK;
// The same for the kiosks that are paired: into the inbox, from where it goes to all of them. The very same again is
// fine. INVALID: also if the inbox has a newer version (the book was put back from a copy).
enum status publish_to_inbox(struct book *book, const struct event *event, struct inbox *inbox,
                             struct publication *out) MUST_CHECK;

#endif
