// reports.h -- writes reports on a thread of its own ("reports"), over a connection of its own: one of 100,000 people
// takes a second or more, and neither the feed nor a batch waits for it. Ownership: open() hands it to you; the server
// is borrowed between start() and close(). Threads: ask() and take() from the server's. Failure of open: as inbox.h.
#ifndef EINLASS_SERVICE_REPORTS_H
#define EINLASS_SERVICE_REPORTS_H

#include "office/report.h"

struct http_server;

enum {
    REPORTS_MOST = 4,            // written or kept at once
    REPORTS_KEPT_MS = 30 * 1000, // for who asked and was not called again yet
};

struct report_order {
    uint32_t event;
    enum report_kind kind;
    enum report_format format;
};

struct reports;
enum status reports_open(const char *database, struct clock *clock, struct reports **out) MUST_CHECK;
void reports_start(struct reports *reports, struct http_server *server);
void reports_stop(struct reports *reports); // before the server is closed; NULL is fine
void reports_close(struct reports *reports);

// From what is stored now, or later. LATER: REPORTS_MOST others are under way.
enum status reports_ask(struct reports *reports, const struct report_order *order) MUST_CHECK;
// False: it is under way; the server is rung when it is written. Else how it ended (LATER: it was not asked for, or is
// gone), and a copy of it: free().
bool reports_take(struct reports *reports, const struct report_order *order, enum status *status_out, char **text_out,
                  size_t *length_out);

#endif
