// Nobody waits for a count: published events are counted at the start by the boards' own thread, and questions that
// come too early are put off.
#include "service/bureau.h"

#include "office/conflict.h"
#include "service/parts.h"

#include <time.h>

enum { UNPUBLISHED = 9, TRIES = 6000, TRY_AGAIN_MS = 10 };

static struct boards *open_boards(struct bureau *bureau)
{
    struct boards *boards = NULL;

    assert_int_equal(boards_open(bureau->records_path, clock_system(), &boards), STATUS_OK);
    return boards;
}

static void wait_a_little(void)
{
    struct timespec time = {.tv_nsec = TRY_AGAIN_MS * 1000000L};

    nanosleep(&time, NULL);
}

static struct inbox *borrow(struct boards *boards, uint32_t event)
{
    struct inbox *inbox = NULL;

    for (int i = 0; i < TRIES && !(inbox = boards_borrow(boards, event)); i++) wait_a_little();
    assert_non_null(inbox);
    return inbox;
}

static void test_boards__count_whatever_was_published_before_anybody_asks(void **state)
{
    struct bureau *bureau = *state;
    struct boards *boards = open_boards(bureau);
    struct inbox *inbox;
    uint64_t total = 9;

    assert_null(boards_borrow(boards, BUREAU_EVENT)); // nobody counts yet
    boards_close(boards);
    boards = open_boards(bureau);
    boards_start(boards, bureau->service->server);
    inbox = borrow(boards, UNPUBLISHED); // counted when it is asked for
    assert_true(inbox_is_counted(inbox, UNPUBLISHED));
    boards_give_back(boards);
    for (int i = 0; i < TRIES; i++) { // never asked for
        inbox = borrow(boards, UNPUBLISHED);
        if (inbox_is_counted(inbox, BUREAU_EVENT)) break;
        boards_give_back(boards);
        wait_a_little();
    }
    assert_true(inbox_is_counted(inbox, BUREAU_EVENT));
    assert_int_equal(inbox_conflicts(inbox, BUREAU_EVENT, 0, 9, &total, NULL, NULL), STATUS_OK);
    assert_int_equal(total, 0);
    assert_null(boards_borrow(boards, BUREAU_EVENT)); // somebody has it
    boards_give_back(boards);
    (void)borrow(boards, BUREAU_EVENT);
    boards_give_back(boards);
    boards_close(boards);
}

// The page says so, and asks again.
static void test_boards__put_off_who_asks_while_they_count(void **state)
{
    struct bureau *bureau = *state;
    struct web_answer answer;
    char headers[256], header[256];

    bureau_clerk_headers(bureau, headers);
    (void)borrow(bureau->service->boards, BUREAU_EVENT); // as the counting thread does
    bureau_ask(bureau, "GET /office/events/7/conflicts", headers, NULL, &answer);
    assert_int_equal(answer.status, 503);
    assert_non_null(web_answer_header(&answer, "Retry-After", header));
    web_answer_free(&answer);
    bureau_ask(bureau, "GET /office/session", headers, NULL, &answer); // others are answered meanwhile
    assert_int_equal(answer.status, 200);
    web_answer_free(&answer);
    boards_give_back(bureau->service->boards);
    bureau_ask(bureau, "GET /office/events/7/conflicts", headers, NULL, &answer);
    assert_int_equal(answer.status, 200);
    web_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(test_boards__count_whatever_was_published_before_anybody_asks),
        bureau_test(test_boards__put_off_who_asks_while_they_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
