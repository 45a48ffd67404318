// A machine on which classic passes take too long, a torn ticket in view that only such a pass could read, and a whole
// one beside it: processes are cut off once per rest at most, and the whole one is read on.
#include "support/check.h"
#include "code/visitor.h"
#include "support/qr_image.h"

enum { WIDTH_PX = 1280, HEIGHT_PX = 720, MODULE_PX = 7, TORN_LEFT_PX = 20, WHOLE_LEFT_PX = 800, TOP_PX = 40 };

struct counts {
    int whole, passes;
};

// The middle of a symbol is gone: it is seen, but there is nothing to read.
static void tear(struct frame *frame)
{
    for (int row = 130; row < 330; row++)
        for (int column = 130; column < 330; column++)
            frame->pixels[(TOP_PX + row) * WIDTH_PX + TORN_LEFT_PX + column] = (row / 7 + column / 11) % 2 ? 0 : 255;
}

static void draw(struct frame *frame, char whole[QR_IMAGE_TICKET_DIGITS + 1])
{
    char torn[QR_IMAGE_TICKET_DIGITS + 1];

    qr_image_ticket_text(torn, 1);
    qr_image_ticket_text(whole, 2);
    qr_image_clear(frame, WIDTH_PX, HEIGHT_PX, 120);
    qr_image_draw(frame, &(struct qr_image){torn, MODULE_PX, 4, TORN_LEFT_PX, TOP_PX, false});
    qr_image_draw(frame, &(struct qr_image){whole, 4, 4, WHOLE_LEFT_PX, TOP_PX, false});
    tear(frame);
}

// Each frame another picture, as a camera's.
static struct counts watch(struct visitor *visitor, int frames_count)
{
    char whole[QR_IMAGE_TICKET_DIGITS + 1];
    struct counts counts = {0};

    draw(visitor->frame, whole);
    for (int i = 0; i < frames_count; i++) {
        visitor->frame->pixels[0] = (uint8_t)i;
        visitor->frame->pixels[1] = (uint8_t)(i >> 8);
        frame_seal(visitor->frame);
        visitor_read(visitor);
        counts.whole += visitor_has_read(visitor, whole);
        counts.passes += visitor->reading->has_passed;
    }
    return counts;
}

// In 40 s lie the rests of 1, 2, 4, 8, 16 s, and six cut-offs; without them 26 were seen.
static void test_reader_child__passes_rest_where_they_are_cut_off(void **state)
{
    enum { SECONDS = CAGE_IS_SANITIZED ? 12 : 40, FRAMES = SECONDS * 1000 / VISITOR_FRAME_MS };
    struct visitor *visitor = *state;

    visitor_open(visitor, SLUG_PROGRAM);
    struct counts counts = watch(visitor, FRAMES);
    print_message("cut off %u, whole one read in %d of %d\n", reader_child_ended(visitor->reader), counts.whole,
                  FRAMES);
    assert_in_range(reader_child_ended(visitor->reader), 2, 6);
    assert_in_range(counts.whole, FRAMES * 3 / 4, FRAMES);
}

static void test_reader_child__a_slow_machine_makes_the_passes_it_can(void **state)
{
    enum { FRAMES = CAGE_IS_SANITIZED ? 20 : 60 };
    struct visitor *visitor = *state;

    visitor_open(visitor, PI_PROGRAM);
    struct counts counts = watch(visitor, FRAMES);
    print_message("passes %d, whole one read in %d of %d\n", counts.passes, counts.whole, FRAMES);
    assert_int_equal(reader_child_ended(visitor->reader), 0);
    assert_in_range(counts.passes, 1, FRAMES);
    assert_in_range(counts.whole, FRAMES * 3 / 4, FRAMES);
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, visitor_set_up, visitor_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_reader_child__passes_rest_where_they_are_cut_off),
        PLAIN(test_reader_child__a_slow_machine_makes_the_passes_it_can),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
