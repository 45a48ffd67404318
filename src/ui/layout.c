#include "ui/layout.h"

#include "ui/fit.h"

enum { SHORT_SIDE_UNKNOWN_MM = 86 };

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
