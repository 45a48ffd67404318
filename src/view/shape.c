#include "view/shape.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

// Icons live in a square from -1 to 1, y down. A distance is negative inside.
struct point {
    float x, y;
};

static float both(float left, float right)
{
    return fmaxf(left, right);
}

static float either(float left, float right)
{
    return fminf(left, right);
}

static float without(float solid, float hole)
{
    return fmaxf(solid, -hole);
}

static float disc(struct point p, float x, float y, float radius)
{
    return hypotf(p.x - x, p.y - y) - radius;
}

// A stroke with round ends.
static float stroke(struct point p, struct point from, struct point to, float width)
{
    float dx = to.x - from.x, dy = to.y - from.y;
    float along = ((p.x - from.x) * dx + (p.y - from.y) * dy) / (dx * dx + dy * dy);

    along = fminf(fmaxf(along, 0.0f), 1.0f);
    return hypotf(p.x - from.x - along * dx, p.y - from.y - along * dy) - width / 2;
}

static float strokes(struct point p, const struct point *points, size_t count, float width)
{
    float least = stroke(p, points[0], points[1], width);

    for (size_t i = 1; i + 1 < count; i++) least = either(least, stroke(p, points[i], points[i + 1], width));
    return least;
}

static float rounded(struct point p, float x, float y, float half_w, float half_h, float radius)
{
    float dx = fabsf(p.x - x) - half_w + radius, dy = fabsf(p.y - y) - half_h + radius;

    return hypotf(fmaxf(dx, 0.0f), fmaxf(dy, 0.0f)) + fminf(fmaxf(dx, dy), 0.0f) - radius;
}

static float octagon(struct point p, float apothem)
{
    float x = fabsf(p.x), y = fabsf(p.y);

    return both(both(x, y), (x + y) * (float)M_SQRT1_2) - apothem;
}

static float exclamation(struct point p, float y)
{
    return either(stroke(p, (struct point){0, y - 0.34f}, (struct point){0, y + 0.06f}, 0.2f),
                  disc(p, 0, y + 0.36f, 0.125f));
}

static float tick(struct point p)
{
    static const struct point points[] = {{-0.42f, 0.04f}, {-0.12f, 0.34f}, {0.42f, -0.28f}};

    return without(disc(p, 0, 0, 0.98f), strokes(p, points, 3, 0.22f));
}

static float clock_face(struct point p)
{
    static const struct point hands[] = {{0, -0.46f}, {0, 0.02f}, {0.3f, 0.22f}};
    float dial = without(disc(p, 0, 0, 0.74f), disc(p, 0, 0, 0.58f));

    return without(rounded(p, 0, 0, 0.96f, 0.96f, 0.14f), either(dial, strokes(p, hands, 3, 0.16f)));
}

static float cross(struct point p)
{
    float bars = either(stroke(p, (struct point){-0.36f, -0.36f}, (struct point){0.36f, 0.36f}, 0.24f),
                        stroke(p, (struct point){-0.36f, 0.36f}, (struct point){0.36f, -0.36f}, 0.24f));

    return without(octagon(p, 0.96f), bars);
}

static float warning(struct point p)
{
    static const struct point corners[] = {{0, -0.74f}, {0.82f, 0.7f}, {-0.82f, 0.7f}, {0, -0.74f}};
    float inside = both((fabsf(p.x) * 1.4400f - (p.y + 0.74f) * 0.82f) / 1.6571f, p.y - 0.7f);

    return without(either(inside, strokes(p, corners, 4, 0.28f)), exclamation(p, 0.22f));
}

static float practice(struct point p)
{
    return without((fabsf(p.x) + fabsf(p.y) - 0.82f) * (float)M_SQRT1_2 - 0.1f, exclamation(p, 0));
}

static float arrow_right(struct point p, float from, float to, float width)
{
    struct point tip = {to, 0}, head[] = {{to - 0.3f, -0.3f}, tip, {to - 0.3f, 0.3f}};

    return either(strokes(p, head, 3, width), stroke(p, (struct point){from, 0}, tip, width));
}

static float enter(struct point p)
{
    static const struct point door[] = {{0.2f, -0.5f}, {0.54f, -0.5f}, {0.54f, 0.5f}, {0.2f, 0.5f}};

    return without(disc(p, 0, 0, 0.98f), either(strokes(p, door, 4, 0.15f), arrow_right(p, -0.6f, 0.2f, 0.15f)));
}

static float leave(struct point p)
{
    float post = both(rounded(p, -0.1f, 0, 0.86f, 0.7f, 0.12f), (fabsf(p.y) + p.x - 0.96f) * (float)M_SQRT1_2);

    return without(post, arrow_right(p, -0.62f, 0.52f, 0.2f));
}

static float note(struct point p)
{
    static const struct point tail[] = {{-0.5f, 0.5f}, {-0.5f, 0.84f}, {-0.16f, 0.5f}};
    float bubble = either(rounded(p, 0, -0.16f, 0.96f, 0.74f, 0.3f), strokes(p, tail, 3, 0.2f));

    return without(bubble, exclamation(p, -0.16f));
}

static float undo(struct point p)
{
    return without(disc(p, 0, 0, 0.98f), arrow_right((struct point){-p.x, p.y}, -0.5f, 0.5f, 0.2f));
}

static float person(struct point p)
{
    float shoulders = both(rounded(p, 0, 0.95f, 0.8f, 0.8f, 0.62f), p.y - 0.9f);

    return either(disc(p, 0, -0.4f, 0.42f), shoulders);
}

static float all_here(struct point p)
{
    struct point left = {(p.x + 0.58f) / 0.6f, (p.y - 0.1f) / 0.6f}, right = {(p.x - 0.58f) / 0.6f, left.y};
    struct point middle = {p.x / 0.78f, (p.y - 0.14f) / 0.78f};
    float beside = 0.6f * either(person(left), person(right)), front = 0.78f * person(middle);

    return either(front, without(beside, front - 0.08f)); // a gap tells them apart
}

static float no_camera(struct point p)
{
    float body = rounded(p, -0.2f, 0, 0.66f, 0.5f, 0.14f);
    float lens = both(both(0.56f - p.x, p.x - 0.94f), (fabsf(p.y) - 0.06f - (p.x - 0.5f) * 0.8f) * 0.78f);
    struct point from = {-0.78f, -0.78f}, to = {0.78f, 0.78f};

    return either(without(either(body, lens), stroke(p, from, to, 0.42f)), stroke(p, from, to, 0.16f));
}

static float erase(struct point p)
{
    float body = rounded(p, 0.2f, 0, 0.7f, 0.52f, 0.1f);
    float tip = both(both(p.x + 0.4f, -p.x - 0.96f), (fabsf(p.y) * 1.05f - (p.x + 0.96f)) * 0.69f);
    float bars = either(stroke(p, (struct point){0, -0.2f}, (struct point){0.4f, 0.2f}, 0.14f),
                        stroke(p, (struct point){0, 0.2f}, (struct point){0.4f, -0.2f}, 0.14f));

    return without(either(body, tip), bars);
}

static float arrow(struct point p, bool has_shaft)
{
    static const struct point head[] = {{-0.05f, -0.62f}, {-0.67f, 0}, {-0.05f, 0.62f}};
    float chevron = strokes(p, head, 3, 0.2f);

    return has_shaft ? either(chevron, stroke(p, head[1], (struct point){0.7f, 0}, 0.2f)) : chevron;
}

static float distance(enum icon icon, struct point p)
{
    switch (icon) {
    case ICON_DISC:
        return disc(p, 0, 0, 1.0f);
    case ICON_TICK:
        return tick(p);
    case ICON_CLOCK:
        return clock_face(p);
    case ICON_CROSS:
        return cross(p);
    case ICON_WARNING:
        return warning(p);
    case ICON_PRACTICE:
        return practice(p);
    case ICON_ENTER:
        return enter(p);
    case ICON_EXIT:
        return leave(p);
    case ICON_ALL_HERE:
        return all_here(p);
    case ICON_NOTE:
        return note(p);
    case ICON_UNDO:
        return undo(p);
    case ICON_PERSON:
        return person(p);
    case ICON_NO_CAMERA:
        return no_camera(p);
    case ICON_ERASE:
        return erase(p);
    case ICON_BACK:
        return arrow(p, true);
    case ICON_UP: // turned by a quarter and moved to the middle
        return arrow((struct point){p.y - 0.36f, p.x}, false);
    case ICON_DOWN:
        return arrow((struct point){-p.y - 0.36f, p.x}, false);
    case ICON_COUNT:
        break;
    }
    return 1.0f;
}

void shape_cover(enum icon icon, int size_px, uint8_t *mask)
{
    float half = (float)size_px / 2;

    for (int y = 0; y < size_px; y++)
        for (int x = 0; x < size_px; x++) {
            struct point p = {((float)x + 0.5f) / half - 1, ((float)y + 0.5f) / half - 1};
            float covered = 0.5f - distance(icon, p) * half;
            covered = fminf(fmaxf(covered, 0.0f), 1.0f);
            mask[y * size_px + x] = (uint8_t)lrintf(255 * covered);
        }
}
