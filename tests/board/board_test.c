// board: who sees the numbers, and when; over the real server.
#include "support/check.h"

#include "base/text.h"
#include "board/board.h"
#include "board/numbers.h"
#include "browser/scene.h"
#include "fakes/clock_hand.h"
#include "support/folder.h"
#include "support/web.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN "00112233445566778899aabbccddeeff"

enum { NOW_MS = 1000000 };

struct stage {
    struct tally tally;
    struct board *board;
    struct http_route routes[BOARD_MOST_ROUTES];
    struct http_server *server;
    char cookie[512]; // the header line of one who may
};

static void open_server(struct stage *stage)
{
    struct http_config config = {
        .address = "127.0.0.1",
        .routes = stage->routes,
        .route_count = board_routes(stage->board, stage->routes),
        .clock = clock_system(),
    };
    assert_int_equal(http_open(&config, &stage->server), STATUS_OK);
}

static int set_up(void **state)
{
    struct stage *stage = calloc(1, sizeof *stage);

    assert_non_null(stage);
    assert_int_equal(scene_make("tour", NOW_MS, &stage->tally), STATUS_OK);
    board_open(TOKEN, clock_system(), &stage->board);
    open_server(stage);
    *state = stage;
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;

    http_close(stage->server);
    board_close(stage->board);
    free(stage);
    return 0;
}

static void put(struct stage *stage)
{
    board_put(stage->board, &stage->tally);
    http_ring(stage->server);
}

static struct web *visit(const struct stage *stage)
{
    return web_open(http_port(stage->server), false);
}

static int ask(struct web *web, const char *request, const char *headers, const char *body, struct web_answer *out)
{
    web_ask(web, request, headers, body, out);
    return out->status;
}

static int status_of(struct web *web, const char *request, const char *headers, const char *body)
{
    struct web_answer answer;
    int status = ask(web, request, headers, body, &answer);

    web_answer_free(&answer);
    return status;
}

// With the link's token: the cookie, as a browser sends it.
static void enter(struct stage *stage, struct web *web)
{
    struct web_answer answer;
    char cookie[256];

    assert_int_equal(ask(web, "POST /session", "", "{\"token\":\"" TOKEN "\"}", &answer), 204);
    assert_non_null(web_answer_header(&answer, "Set-Cookie", cookie));
    assert_non_null(strstr(cookie, "; HttpOnly"));
    assert_non_null(strstr(cookie, "; SameSite=Strict"));
    assert_null(strstr(cookie, TOKEN));
    cookie[strcspn(cookie, ";")] = '\0';
    snprintf(stage->cookie, sizeof stage->cookie, "Cookie: other=1; %s\r\n", cookie);
    web_answer_free(&answer);
}

static void test_board__numbers_are_for_those_who_scanned_the_code(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);
    struct web_answer answer;

    put(stage);
    assert_int_equal(status_of(web, "GET /numbers", "", NULL), 401);
    assert_int_equal(status_of(web, "GET /live", "", NULL), 401);
    assert_int_equal(status_of(web, "GET /numbers", "Cookie: einlass-board=" TOKEN "\r\n", NULL), 401);
    enter(stage, web);
    assert_int_equal(ask(web, "GET /numbers", stage->cookie, NULL, &answer), 200);
    char *wanted = numbers_json(&stage->tally), *told = strstr(answer.body, ",\"numbers\":");
    assert_memory_equal(answer.body, "{\"made_ms\":1000000,\"age_ms\":", 28);
    assert_non_null(told);
    told += strlen(",\"numbers\":");
    assert_int_equal(strlen(told), strlen(wanted) + 1); // and the closing bracket
    assert_memory_equal(told, wanted, strlen(wanted));
    free(wanted);
    web_answer_free(&answer);
    web_close(web);
}

static void test_board__tells_who_comes_late_how_old_the_numbers_are(void **state)
{
    struct stage *stage = *state;
    struct clock_hand hand;
    struct board *board;

    clock_hand_init(&hand, NOW_MS);
    board_open(TOKEN, &hand.clock, &board);
    assert_null(board_json(board));
    board_put(board, &stage->tally);
    clock_hand_move(&hand, 60 * 1000); // nobody counts
    char *json = board_json(board);
    assert_non_null(strstr(json, ",\"age_ms\":60000,\"numbers\":"));
    free(json);
    board_close(board);
}

static void test_board__no_other_token_opens_it(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);
    static const char *const bodies[] = {
        "",
        "{}",
        "[]",
        "nonsense",
        "{\"token\":1}",
        "{\"token\":\"\"}",
        "{\"token\":null}",
        "{\"token\":\"00112233445566778899aabbccddeef\"}",
        "{\"token\":\"00112233445566778899aabbccddeeff0\"}",
        "{\"token\":\"10112233445566778899aabbccddeeff\"}",
        "{\"token\":\"00112233445566778899aabbccddeefe\"}",
        "{\"token\":\"00112233445566778899AABBCCDDEEFF\"}",
        "{\"token\":\"00112233445566778899aabbccddeeff\\u0000\"}",
        "{\"token\":[\"00112233445566778899aabbccddeeff\"]}",
        "{\"token\":\"00112233445566778899aabbccddeeff\"} more",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    };

    put(stage);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_int_equal(status_of(web, "POST /session", "", bodies[i]), 401);
    assert_int_equal(status_of(web, "GET /session", "", NULL), 405);
    web_close(web);
}

static void test_board__another_boards_cookie_opens_nothing(void **state)
{
    struct stage *stage = *state, *other = NULL;

    assert_int_equal(set_up((void **)&other), 0);
    board_close(other->board);
    board_open("ffeeddccbbaa99887766554433221100", clock_system(), &other->board);
    http_close(other->server);
    open_server(other);
    put(other);
    struct web *web = visit(stage), *there = visit(other);
    enter(stage, web);
    assert_int_equal(status_of(there, "GET /numbers", stage->cookie, NULL), 401);
    web_close(web);
    web_close(there);
    assert_int_equal(tear_down((void **)&other), 0);
}

static void test_board__before_the_first_tally_it_says_later(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);

    enter(stage, web);
    assert_int_equal(status_of(web, "GET /numbers", stage->cookie, NULL), 503);
    put(stage);
    assert_int_equal(status_of(web, "GET /numbers", stage->cookie, NULL), 200);
    web_close(web);
}

static void test_board__a_phone_hears_what_changed_and_when_it_was_true(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);
    char line[600];

    enter(stage, web);
    snprintf(line, sizeof line, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", stage->cookie);
    web_says(web, line);
    assert_true(web_waits_for(web, "text/event-stream"));
    put(stage);
    assert_true(web_waits_for(web, "event: numbers\ndata: {\"event\":7,"));
    assert_true(web_waits_for(web, "event: made\ndata: 1000000\n\n"));
    scene_enter(&stage->tally, 1, NOW_MS + 1000);
    stage->tally.made_unix_ms = NOW_MS + 1000;
    put(stage);
    assert_true(web_waits_for(web, "\"inside\":43,"));
    assert_true(web_waits_for(web, "event: made\ndata: 1001000\n\n"));
    web_close(web);
}

static void test_board__its_files_may_do_what_they_must_and_no_more(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);
    struct web_answer answer;
    char value[256];
    static const char *const files[][2] = {{"/", "text/html"},
                                           {"/board.css", "text/css"},
                                           {"/board.js", "text/javascript"},
                                           {"/board_draw.js", "text/javascript"},
                                           {"/board_chart.js", "text/javascript"},
                                           {"/board_words.js", "text/javascript"},
                                           {"/icon.svg", "image/svg+xml"}};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char request[64];
        snprintf(request, sizeof request, "GET %s", files[i][0]);
        assert_int_equal(ask(web, request, "", NULL, &answer), 200);
        assert_non_null(strstr(web_answer_header(&answer, "Content-Type", value), files[i][1]));
        assert_string_equal(web_answer_header(&answer, "X-Content-Type-Options", value), "nosniff");
        assert_non_null(strstr(web_answer_header(&answer, "Content-Security-Policy", value), "script-src 'self';"));
        assert_null(strstr(answer.body, "innerHTML"));
        assert_null(strstr(answer.body, "https://")); // nothing from elsewhere
        assert_null(strstr(answer.body, " style="));  // which the policy would not let through
        web_answer_free(&answer);
    }
    assert_null(board_file("board.html"));
    assert_null(board_file("../board.js"));
    assert_int_equal(status_of(web, "GET /board.html", "", NULL), 404);
    web_close(web);
}

static void test_board__a_page_elsewhere_cant_borrow_our_address(void **state)
{
    struct stage *stage = *state;
    struct web *web = visit(stage);
    struct web_answer answer;

    web_says(web, "GET / HTTP/1.1\r\nHost: kiosk.attacker.example\r\n\r\n");
    web_answer_read(web, false, &answer);
    assert_int_equal(answer.status, 421);
    web_answer_free(&answer);
    web_close(web);
}

static void test_board__a_link_keeps_its_token_behind_the_hash(void **state)
{
    char token[BOARD_TOKEN_SIZE], other[BOARD_TOKEN_SIZE], link[BOARD_LINK_SIZE];
    uint8_t bytes[16];

    (void)state;
    board_new_token(token);
    board_new_token(other);
    assert_int_equal(text_unhex(token, bytes, sizeof bytes), STATUS_OK);
    assert_string_not_equal(token, other);
    board_link("http://192.168.4.1:8080", "/board/7/", TOKEN, link);
    assert_string_equal(link, "http://192.168.4.1:8080/board/7/#" TOKEN);
}

// A printed link stays good over a restart, and opens no other event's board.
static void test_board__a_token_stays_and_is_one_events(void **state)
{
    char first[BOARD_TOKEN_SIZE], again[BOARD_TOKEN_SIZE], other[BOARD_TOKEN_SIZE], elsewhere[BOARD_TOKEN_SIZE];
    char path[128], second_path[128];
    struct folder folder;
    struct stat facts;

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "board.key", path);
    folder_file(&folder, "second.key", second_path);
    assert_int_equal(board_keep_token(path, 7, first), STATUS_OK);
    assert_int_equal(board_keep_token(path, 7, again), STATUS_OK);
    assert_string_equal(first, again);
    assert_int_equal(board_keep_token(path, 8, other), STATUS_OK);
    assert_string_not_equal(first, other);
    assert_int_equal(board_keep_token(second_path, 7, elsewhere), STATUS_OK);
    assert_string_not_equal(first, elsewhere);
    assert_int_equal(stat(path, &facts), 0);
    assert_int_equal(facts.st_mode & 077, 0);
    assert_int_equal(truncate(path, 10), 0); // not taken for a short secret, and not made anew in silence
    assert_int_equal(board_keep_token(path, 7, again), STATUS_INVALID);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_board__numbers_are_for_those_who_scanned_the_code, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__tells_who_comes_late_how_old_the_numbers_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__no_other_token_opens_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__another_boards_cookie_opens_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__before_the_first_tally_it_says_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__a_phone_hears_what_changed_and_when_it_was_true, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__its_files_may_do_what_they_must_and_no_more, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_board__a_page_elsewhere_cant_borrow_our_address, set_up, tear_down),
        cmocka_unit_test(test_board__a_link_keeps_its_token_behind_the_hash),
        cmocka_unit_test(test_board__a_token_stays_and_is_one_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
