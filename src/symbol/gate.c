#include "symbol/gate.h"

#include "base/mem.h"
#include "symbol/finder.h"

#include <stdlib.h>

enum { LEAST_SIDE_PX = 40, ROW_STEP = 2 };

struct gate {
    struct threshold_room *room;
    struct threshold threshold;
    struct finders finders;
};

enum status gate_open(struct gate **out)
{
    struct gate *gate = mem_zero(sizeof *gate);
    enum status status;

    if ((status = threshold_room_open(&gate->room)) != STATUS_OK) goto fail;
    *out = gate;
    return STATUS_OK;
fail:
    gate_close(gate);
    return status;
}

void gate_close(struct gate *gate)
{
    if (!gate) return;
    threshold_room_close(gate->room);
    free(gate);
}

static bool is_dense_symbol(const struct gate *gate, const struct grey_picture *picture)
{
    int solid = 0;

    if (gate->finders.count > GATE_MOST_DENSE) return false;
    for (size_t i = 0; i < gate->finders.count; i++)
        solid += finder_is_solid(picture, &gate->threshold, &gate->finders.list[i]);
    return solid >= GATE_LEAST_SOLID && solid <= GATE_MOST_SOLID;
}

bool gate_lets_through(struct gate *gate, const struct grey_picture *picture)
{
    if (picture->width_px < LEAST_SIDE_PX || picture->height_px < LEAST_SIDE_PX) return false;
    threshold_make(picture, gate->room, &gate->threshold);
    finder_search(picture, &gate->threshold, ROW_STEP, &gate->finders);
    if (gate->finders.is_cut_short) return false;
    return gate->finders.count <= GATE_MOST_FINDERS || is_dense_symbol(gate, picture);
}
