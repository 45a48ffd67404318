// issue.h -- tickets of an event's people as files: NUMBER.png, NUMBER.svg, and tickets.pdf with a page each; for a
// single one NUMBER.pdf. The file names hold ticket numbers, never names. Uses the process's time zone for the dates
// (zone.h). Threads: one.
#ifndef EINLASS_OFFICE_ISSUE_H
#define EINLASS_OFFICE_ISSUE_H

#include "office/book.h"

struct issue {
    struct book *book;
    const struct event *event;
    const char *folder; // must exist
    bool makes_png, makes_svg, makes_pdf;
    int dpi;        // of the PNGs, see paper.h
    bool is_single; // one ticket, the number in `only`, instead of all of the event
    uint64_t only;
    bool is_reissue; // raises the generation first: what was printed before is revoked with the next export
    void *owner;
    void (*tell_done)(void *owner, size_t count);
};

struct issue_report {
    size_t count;
    size_t box_count;    // with letters that no font here has
    size_t barred_count; // of people who are blocked or canceled: the door refuses them
};

// MISSING: the event has no such ticket, or nobody on its roster.
enum status issue_tickets(const struct issue *issue, struct issue_report *out) MUST_CHECK;

// `count` practice tickets: practice-1.png …, practice.pdf. They are signed, never counted, and on no roster.
enum status issue_practice(const struct issue *issue, size_t count, struct issue_report *out) MUST_CHECK;

// The signed ticket of a guest as its text.
enum status issue_text(struct book *book, const struct event *event, const struct guest *guest,
                       char out[TICKET_TEXT_SIZE]) MUST_CHECK;

#endif
