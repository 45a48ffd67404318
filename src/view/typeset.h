// typeset.h -- where the lines of a scene's texts stand. Pure, given somebody who measures.
#ifndef EINLASS_VIEW_TYPESET_H
#define EINLASS_VIEW_TYPESET_H

#include "view/fit.h"
#include "view/scene.h"

struct typeset {
    struct fit fit;
    struct box box; // as wide as the widest line, as high as the lines; lines stand in it as the style says
};

// `end_px` carries where the text before it ended, from text to text in the scene's order; start with 0.
void typeset_place(const struct mark *mark, const char *text, fit_measure *measure, void *owner, int *end_px,
                   struct typeset *out);
// How many pages a paged text has.
int typeset_page_count(const struct mark *mark, const char *text, fit_measure *measure, void *owner);

#endif
