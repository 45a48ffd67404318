// Pictures in a folder become codes in the desk's queue: folder camera, capture, scan and zbar in their threads.
#include "support/check.h"
#include "support/folder.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/scan.h"
#include "frame/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TICKET_COUNT = 3, QUIET_MS = 60000, AWAIT_MOST_MS = 60000 };

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { CPU_SLACK = 5 }; // sanitizers cost; the goal is for the program without them
#else
enum { CPU_SLACK = 1 };
#endif

struct flow {
    struct folder folder;
    struct doorbell bell;
    struct queue codes;
    struct mailbox sightings, preview, states;
    struct reader *reader;
    struct scan *scan;
    struct capture *capture;
    char texts[TICKET_COUNT][QR_IMAGE_TICKET_DIGITS + 1];
};

static void write_tickets(struct flow *flow, int count)
{
    struct frame *frame = mem_zero(sizeof *frame);

    for (int i = 0; i < count; i++) {
        char name[32], path[128];
        qr_image_ticket_text(flow->texts[i], (unsigned)i);
        qr_image_clear(frame, 1280, 720, 128);
        qr_image_draw(frame, &(struct qr_image){flow->texts[i], 4, 4, 200 + 100 * i, 100, false});
        snprintf(name, sizeof name, "ticket-%d.png", i);
        folder_file(&flow->folder, name, path);
        qr_image_write_png(frame, path);
    }
    free(frame);
}

static void start(struct flow *flow, int pictures, double frames_per_s)
{
    struct clock *clock = clock_system();

    *flow = (struct flow){0};
    folder_make(&flow->folder);
    write_tickets(flow, pictures);
    doorbell_init(&flow->bell);
    queue_init(&flow->codes, sizeof(struct code), 8, &flow->bell);
    mailbox_init(&flow->sightings, sizeof(struct sighting), NULL);
    mailbox_init(&flow->preview, sizeof(struct frame), NULL);
    mailbox_init(&flow->states, sizeof(struct camera_state), NULL);
    assert_int_equal(reader_local_open(&(struct reader_config){.clock = clock, .budget_ms = 1000}, &flow->reader),
                     STATUS_OK);
    struct scan_config scan = {.reader = flow->reader,
                               .clock = clock,
                               .quiet_ms = QUIET_MS,
                               .codes = &flow->codes,
                               .sightings = &flow->sightings};
    assert_int_equal(scan_open(&scan, &flow->scan), STATUS_OK);
    struct capture_config capture = {
        .open = camera_folder_open,
        .camera = {.frames_per_s = frames_per_s, .clock = clock},
        .clock = clock,
        .scan_frames = scan_frames(flow->scan),
        .preview_frames = &flow->preview,
        .states = &flow->states,
    };
    strcpy(capture.camera.folder, flow->folder.path);
    assert_int_equal(capture_open(&capture, &flow->capture), STATUS_OK);
    scan_start(flow->scan);
    capture_start(flow->capture);
}

static void stop(struct flow *flow)
{
    capture_close(flow->capture);
    scan_close(flow->scan);
    reader_close(flow->reader);
    mailbox_destroy(&flow->states);
    mailbox_destroy(&flow->preview);
    mailbox_destroy(&flow->sightings);
    queue_destroy(&flow->codes);
    doorbell_destroy(&flow->bell);
    folder_remove(&flow->folder);
}

static bool await_code(struct flow *flow, struct code *out, int64_t most_ms)
{
    struct clock *clock = clock_system();
    int64_t until_ms = clock->ops->mono_ms(clock) + most_ms;

    while (!queue_take(&flow->codes, out)) {
        int64_t left_ms = until_ms - clock->ops->mono_ms(clock);
        if (left_ms <= 0) return false;
        doorbell_wait(&flow->bell, left_ms);
    }
    return true;
}

static void test_flow__gives_each_ticket_in_the_folder_once(void **state)
{
    struct flow flow;
    struct code code;
    int seen[TICKET_COUNT] = {0};

    (void)state;
    start(&flow, TICKET_COUNT, 15);
    for (int i = 0; i < TICKET_COUNT; i++) {
        assert_true(await_code(&flow, &code, AWAIT_MOST_MS));
        assert_int_equal(code.via, CODE_VIA_CAMERA);
        assert_int_equal(code.length, QR_IMAGE_TICKET_DIGITS);
        for (int j = 0; j < TICKET_COUNT; j++) seen[j] += memcmp(code.text, flow.texts[j], code.length) == 0;
    }
    for (int j = 0; j < TICKET_COUNT; j++) assert_int_equal(seen[j], 1);
    assert_false(await_code(&flow, &code, 500)); // two more rounds of the folder: nothing new
    const struct camera_state *camera = mailbox_take(&flow.states);
    assert_true(camera && camera->is_present && camera->width_px == 1280 && camera->height_px == 720);
    assert_non_null(mailbox_take(&flow.preview));
    const struct sighting *sighting = mailbox_take(&flow.sightings);
    assert_true(sighting && sighting->x[0] > 0 && sighting->x[0] < 1 && sighting->y[0] > 0 && sighting->y[0] < 1);
    stop(&flow);
}

static double cpu_ms(void)
{
    struct timespec used;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

static void test_flow__costs_next_to_nothing_while_the_picture_stays(void **state)
{
    struct flow flow;
    struct code code;

    (void)state;
    start(&flow, 1, 15);
    assert_true(await_code(&flow, &code, AWAIT_MOST_MS));
    assert_false(await_code(&flow, &code, 1000)); // the reader goes through its other ways
    double before_ms = cpu_ms();
    assert_false(await_code(&flow, &code, 3000));
    double used_ms = cpu_ms() - before_ms;
    print_message("still 1280x720 picture at 15 frames/s: %.2f %% of a core\n", used_ms / 30);
    assert_true(used_ms < 30 * CPU_SLACK);
    stop(&flow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_flow__gives_each_ticket_in_the_folder_once),
        cmocka_unit_test(test_flow__costs_next_to_nothing_while_the_picture_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
