// paper.h -- tickets as things people print or carry on a phone (port; cairo, pango).
// One page is A6 upright (105 x 148 mm); the code on it is 52 mm wide and keeps 4 modules of white around it.
// One drawing for three kinds of file. A file is at its path when it is whole and on the disk, not before; where it
// can't be written, what stood there stays. Threads: one. Failure: LATER, the log says which file and why.
#ifndef EINLASS_OFFICE_PAPER_H
#define EINLASS_OFFICE_PAPER_H

#include "base/status.h"
#include "ticket/picture.h"

#include <stdbool.h>

struct paper_ticket { // all borrowed; UTF-8; "" where there is nothing to say
    const char *event, *when, *name, *company, *label;
    const char *number; // as written under the code
    const struct picture *picture;
    bool is_practice;
};

// Whether no font here has one of the letters: the ticket shows boxes in their place.
bool paper_has_boxes(const struct paper_ticket *ticket);

enum { PAPER_LEAST_DPI = 300, PAPER_MOST_DPI = 1200 };

enum status paper_write_png(const struct paper_ticket *ticket, int dpi, const char *path) MUST_CHECK;
enum status paper_write_svg(const struct paper_ticket *ticket, const char *path) MUST_CHECK;

// A PDF with a page per ticket.
struct paper_pdf;
enum status paper_pdf_open(const char *path, struct paper_pdf **out) MUST_CHECK;
enum status paper_pdf_add(struct paper_pdf *pdf, const struct paper_ticket *ticket) MUST_CHECK;
enum status paper_pdf_finish(struct paper_pdf *pdf) MUST_CHECK; // OK: the file is whole
void paper_pdf_close(struct paper_pdf *pdf);                    // NULL is fine

#endif
