#include "view/layout.h"

#include "view/fit.h"

enum { SHORT_SIDE_UNKNOWN_MM = 86, LARGE_LINE = 130, LARGE_SMALL = 140 }; // per cent

static int share(int side_px, int thousandths)
{
    return (side_px * thousandths + 500) / 1000;
}

static int at_least(int px, int least_px)
{
    return px > least_px ? px : least_px;
}

static int touch_size(int short_px, double inch_px)
{
    double mm_px = inch_px > 0 ? inch_px / 25.4 : (double)short_px / SHORT_SIDE_UNKNOWN_MM;
    int touch_px = at_least((int)(12 * mm_px + 0.999), share(short_px, 90));
    int most_px = share(short_px, 145);

    return touch_px < most_px ? touch_px : most_px;
}

struct layout layout_of(int width_px, int height_px, double inch_px)
{
    int side = width_px < height_px ? width_px : height_px;

    return (struct layout){
        .width_px = width_px,
        .height_px = height_px,
        .short_px = side,
        .is_portrait = height_px > width_px,
        .unit_px = share(side, 20),
        .margin_px = share(side, 60),
        .gap_px = share(side, 10),
        .touch_px = touch_size(side, inch_px),
        .radius_px = share(side, 20),
        .word_px = at_least(share(side, 160), FIT_LEAST_PX),
        .name_px = at_least(share(side, 120), FIT_LEAST_PX),
        .line_px = at_least(share(side, 65), FIT_LEAST_PX),
        .small_px = at_least(share(side, 45), FIT_LEAST_PX),
        .key_px = at_least(share(side, 55), FIT_LEAST_PX),
    };
}

// The largest type is read from across the room already; what is small gains most.
struct layout layout_large(const struct layout *layout)
{
    struct layout large = *layout;

    large.is_large = true;
    large.name_px = layout->name_px * 11 / 10;
    large.line_px = layout->line_px * LARGE_LINE / 100;
    large.small_px = layout->small_px * LARGE_SMALL / 100;
    return large;
}

// Where room is short, large type shrinks as far as usual type would: everything fits that fitted before.
int layout_least_px(const struct layout *layout, int size_px)
{
    int least_px = size_px * 70 / LARGE_SMALL;

    if (!layout->is_large) return 0;
    return least_px > FIT_LEAST_PX ? least_px : FIT_LEAST_PX < size_px ? FIT_LEAST_PX : size_px;
}
