// content.h -- what stands in a database: every row of every table, as a digest to compare with.
#ifndef EINLASS_TESTS_DESK_CONTENT_H
#define EINLASS_TESTS_DESK_CONTENT_H

#include "desk/scene.h"

struct content {
    uint8_t digest[32];
};

struct content content_read(const struct scene *scene);
void content_expect(const struct scene *scene, const struct content *before); // not one row differs

#endif
