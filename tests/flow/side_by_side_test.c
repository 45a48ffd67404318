// Several codes in one picture, through the real reader, scan, desk and store: a phone or a paper with a wifi code
// beside the ticket, two people at once, and somebody who holds up nothing but a web address.
#include "support/check.h"
#include "support/door.h"
#include "support/qr_image.h"

#include "base/mem.h"
#include "code/scan.h"
#include "desk/desk.h"

#include <stdlib.h>

enum { FRAME_MS = 132, WIDTH_PX = 1280, HEIGHT_PX = 720, NOISE = 8, QUIET_MS = 1500 };
static const char wifi[] = "WIFI:S:Gast;T:WPA;P:willkommen;;", web[] = "https://example.org/programm";

struct kiosk {
    struct door door;
    struct store *store;
    struct queue notices;
    struct desk *desk;
    struct reader *reader;
    struct scan *scan;
    struct frame *picture; // without noise
    uint32_t random;
    int64_t now_ms;
    uint64_t records_before;
    struct notice notice;
    char answers[64]; // of the picture held last: W welcome, A already here, N no; one letter each
};

static int set_up(void **state)
{
    struct kiosk *kiosk = mem_zero(sizeof *kiosk);

    door_init(&kiosk->door, NULL);
    kiosk->store = door_store(&kiosk->door, 10);
    queue_init(&kiosk->notices, sizeof(struct notice), 16, NULL);
    struct desk_config desk = {.store = kiosk->store,
                               .clock = kiosk->door.clock,
                               .event = &kiosk->door.event,
                               .list = DOOR_LIST,
                               .gate = "Nord",
                               .notices = &kiosk->notices};
    assert_int_equal(desk_open(&desk, &kiosk->desk), STATUS_OK);
    struct reader_config reader = {.clock = clock_system(), .budget_ms = 10000};
    assert_int_equal(reader_local_open(&reader, &kiosk->reader), STATUS_OK);
    struct scan_config scan = {.reader = kiosk->reader,
                               .clock = clock_system(),
                               .quiet_ms = QUIET_MS,
                               .codes = desk_codes(kiosk->desk),
                               .unsaved = desk_unsaved(kiosk->desk),
                               .aside = desk_aside(kiosk->desk)};
    assert_int_equal(scan_open(&scan, &kiosk->scan), STATUS_OK);
    kiosk->picture = mem_zero(sizeof *kiosk->picture);
    kiosk->records_before = door_record_count(&kiosk->door);
    *state = kiosk;
    return 0;
}

static int tear_down(void **state)
{
    struct kiosk *kiosk = *state;

    scan_close(kiosk->scan);
    reader_close(kiosk->reader);
    desk_close(kiosk->desk);
    store_close(kiosk->store);
    assert_int_equal(door_audit(&kiosk->door), 0);
    queue_destroy(&kiosk->notices);
    door_destroy(&kiosk->door);
    free(kiosk->picture);
    free(kiosk);
    return 0;
}

// A grey room with nothing in it.
static void clear(struct kiosk *kiosk)
{
    qr_image_clear(kiosk->picture, WIDTH_PX, HEIGHT_PX, 120);
}

static void add_text(struct kiosk *kiosk, const char *text, int module_px, int left_px)
{
    qr_image_draw(kiosk->picture, &(struct qr_image){text, module_px, 4, left_px, 60, false});
}

static void add_ticket(struct kiosk *kiosk, size_t guest, int module_px, int left_px)
{
    struct code code = door_code(&kiosk->door, guest);
    char text[TICKET_TEXT_SIZE] = {0};

    memcpy(text, code.text, code.length);
    add_text(kiosk, text, module_px, left_px);
}

static char letter(const struct notice *notice)
{
    if (notice->kind != NOTICE_VERDICT) return '?';
    if (notice->verdict.reason == REASON_OK) return 'W';
    return notice->verdict.reason == REASON_ALREADY_REDEEMED ? 'A' : 'N';
}

static void frame(struct kiosk *kiosk)
{
    struct frame *frame = mailbox_writable(scan_frames(kiosk->scan));

    kiosk->now_ms += FRAME_MS;
    frame_copy(frame, kiosk->picture);
    for (int i = 0; i < WIDTH_PX * HEIGHT_PX; i++) { // a camera's: no frame equals the one before
        kiosk->random = kiosk->random * 1664525U + 1013904223U;
        int grey = frame->pixels[i] + (int)((kiosk->random >> 16) % (2 * NOISE + 1)) - NOISE;
        frame->pixels[i] = (uint8_t)(grey < 0 ? 0 : grey > 255 ? 255 : grey);
    }
    frame_seal(frame);
    frame->mono_ms = kiosk->now_ms;
    mailbox_put(scan_frames(kiosk->scan));
    (void)scan_step(kiosk->scan, kiosk->now_ms);
}

// Holds the picture up for so long; answers what the people were told.
static const char *hold(struct kiosk *kiosk, int64_t ms)
{
    size_t count = 0;

    for (int64_t until_ms = kiosk->now_ms + ms; kiosk->now_ms < until_ms;) {
        frame(kiosk);
        (void)desk_step(kiosk->desk, kiosk->now_ms);
        while (queue_take(&kiosk->notices, &kiosk->notice))
            if (kiosk->notice.kind != NOTICE_COUNT) kiosk->answers[count++] = letter(&kiosk->notice);
    }
    kiosk->answers[count] = '\0';
    return kiosk->answers;
}

static uint64_t records(const struct kiosk *kiosk)
{
    return door_record_count(&kiosk->door) - kiosk->records_before;
}

static void test_flow__a_wifi_code_beside_a_ticket_does_not_disturb(void **state)
{
    struct kiosk *kiosk = *state;

    clear(kiosk);
    add_text(kiosk, wifi, 6, 60); // larger than the ticket, and read first
    add_ticket(kiosk, 0, 4, 700);
    assert_string_equal(hold(kiosk, 6000), "W");
    clear(kiosk);
    add_text(kiosk, wifi, 6, 60); // the ticket slips out of the picture
    assert_string_equal(hold(kiosk, 2000), "");
    clear(kiosk);
    assert_string_equal(hold(kiosk, 2000), "");
    assert_int_equal(records(kiosk), 1);
}

static void test_flow__a_web_address_alone_is_answered_when_it_stayed(void **state)
{
    struct kiosk *kiosk = *state;

    clear(kiosk);
    add_text(kiosk, web, 5, 300);
    assert_string_equal(hold(kiosk, 800), "");
    assert_int_equal(records(kiosk), 0);
    assert_string_equal(hold(kiosk, 5000), "N");
    assert_int_equal(kiosk->notice.verdict.reason, REASON_INVALID);
    clear(kiosk);
    hold(kiosk, 2000);
    add_text(kiosk, web, 5, 300);
    assert_string_equal(hold(kiosk, 500), ""); // a glimpse in passing
    clear(kiosk);
    assert_string_equal(hold(kiosk, 5000), "");
    assert_int_equal(records(kiosk), 1);
}

static void test_flow__two_tickets_and_a_web_address_admit_two(void **state)
{
    struct kiosk *kiosk = *state;

    clear(kiosk);
    add_ticket(kiosk, 2, 4, 20);
    add_text(kiosk, web, 4, 230);
    add_ticket(kiosk, 4, 6, 450); // held nearer: the larger one
    assert_string_equal(hold(kiosk, 4000), "WW");
    assert_int_equal(kiosk->notice.headcount.inside, 2);
    assert_int_equal(records(kiosk), 2);
}

static void test_flow__a_forged_ticket_is_refused_at_once(void **state)
{
    struct kiosk *kiosk = *state;
    struct code code = door_code(&kiosk->door, 0);
    char text[TICKET_TEXT_SIZE] = {0};

    memcpy(text, code.text, code.length);
    text[TICKET_TEXT_DIGITS - 1] = text[TICKET_TEXT_DIGITS - 1] == '0' ? '1' : '0';
    clear(kiosk);
    add_text(kiosk, text, 4, 300);
    assert_string_equal(hold(kiosk, 500), "N");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_flow__a_wifi_code_beside_a_ticket_does_not_disturb, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flow__a_web_address_alone_is_answered_when_it_stayed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flow__two_tickets_and_a_web_address_admit_two, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flow__a_forged_ticket_is_refused_at_once, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
