// stream: what a watching phone is sent, and what it is spared; without a server.
#include "support/check.h"

#include "board/board.h"
#include "browser/scene.h"

#include <stdlib.h>

enum { NOW_MS = 1000000, LIVE_SIZE = 16 * 1024 };

struct stage {
    struct tally tally;
    struct board *board;
};

static void begin(struct stage *stage)
{
    assert_int_equal(scene_make("tour", NOW_MS, &stage->tally), STATUS_OK);
    board_open("00112233445566778899aabbccddeeff", clock_system(), &stage->board);
}

static void end(struct stage *stage)
{
    board_close(stage->board);
}

static void test_stream__an_unchanged_tally_costs_a_phone_a_line(void **state)
{
    struct stage stage;
    char out[LIVE_SIZE];
    uint64_t seen = 0;

    (void)state;
    begin(&stage);
    assert_int_equal(board_live(stage.board, &seen, out, sizeof out), 0); // nothing was put
    board_put(stage.board, &stage.tally);
    size_t length = board_live(stage.board, &seen, out, sizeof out);
    assert_true(length > 500);
    assert_memory_equal(out, "event: numbers\n", 15);
    assert_memory_equal(out + length - 2, "\n\n", 2);
    assert_int_equal(board_live(stage.board, &seen, out, sizeof out), 0);

    stage.tally.made_unix_ms += BOARD_FRESH_MS;
    board_put(stage.board, &stage.tally);
    length = board_live(stage.board, &seen, out, sizeof out);
    assert_int_equal(length, strlen("event: made\ndata: 1010000\n\n"));
    assert_memory_equal(out, "event: made\ndata: 1010000\n\n", length);
    end(&stage);
}

static void test_stream__what_is_too_long_for_a_stream_is_asked_for(void **state)
{
    struct stage stage;
    char out[LIVE_SIZE];
    uint64_t seen = 0;

    (void)state;
    begin(&stage);
    assert_int_equal(scene_make("many", NOW_MS, &stage.tally), STATUS_OK);
    board_put(stage.board, &stage.tally);
    size_t length = board_live(stage.board, &seen, out, 1024);
    assert_int_equal(length, strlen("event: look\ndata: 1\n\nevent: made\ndata: 1000000\n\n"));
    assert_memory_equal(out, "event: look\n", 12);
    seen = 0;
    assert_int_equal(board_live(stage.board, &seen, out, 8), 0); // no part of an event
    assert_int_equal(seen, 0);
    assert_true(board_live(stage.board, &seen, out, sizeof out) > 5000); // 30 lists fit into a stream's room
    end(&stage);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stream__an_unchanged_tally_costs_a_phone_a_line),
        cmocka_unit_test(test_stream__what_is_too_long_for_a_stream_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
