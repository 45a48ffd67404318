#include "http/scene.h"

#include <stdlib.h>

static void test_body__is_no_larger_than_the_route_allows(void **state)
{
    char *body = malloc(1002);

    assert_non_null(body);
    memset(body, 'b', 1001);
    body[1001] = '\0';
    struct web *web = scene_visit(*state);
    scene_expect(web, "POST /tell/x", "", body + 1, 200, NULL);
    scene_expect(web, "POST /tell/x", "", body, 413, "{\"error\": \"the body is too large\"}");
    web_close(web);
    web = scene_visit(*state);
    scene_expect(web, "GET /file", "", "a body where none is read", 413, NULL);
    web_close(web);
    free(body);
}

static void test_body__is_counted_when_it_comes_in_pieces(void **state)
{
    struct web *web = scene_visit(*state);
    struct web_answer answer;
    char piece[310];

    memset(piece, 'p', sizeof piece);
    memcpy(piece, "12C\r\n", 5); // 300
    memcpy(piece + 305, "\r\n", 2);
    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 4; i++) web_say(web, piece, 307);
    web_says(web, "0\r\n\r\n");
    web_answer_read(web, false, &answer);
    assert_int_equal(answer.status, 413);
    web_answer_free(&answer);
    web_close(web);
}

static void test_body__is_dropped_where_the_sender_may_not(void **state)
{
    char *body = malloc(2000001);

    assert_non_null(body);
    memset(body, 'b', 2000000);
    body[2000000] = '\0';
    struct web *web = scene_visit(*state);
    scene_expect(web, "PUT /large", "", body, 200, "||none|none|none|none|0:|127.0.0.1");
    struct web_answer answer;
    web_ask(web, "PUT /large", "Authorization: Bearer t\r\n", body, &answer);
    assert_int_equal(answer.status, 200);
    assert_memory_equal(answer.body, "||none|none|none|t|2000000:bbb", 30);
    web_answer_free(&answer);
    web_close(web);
    free(body);
}

static void test_body__is_refused_before_it_comes_if_one_asks(void **state)
{
    struct web *web = scene_visit(*state);
    struct web_answer answer;

    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
    assert_true(web_waits_for(web, "HTTP/1.1 413 "));
    web_close(web);
    web = scene_visit(*state);
    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert_true(web_waits_for(web, "HTTP/1.1 100 "));
    web_says(web, "ok");
    web_waits_for(web, "\r\n\r\n");
    web_answer_read(web, false, &answer);
    assert_int_equal(answer.status, 200);
    web_answer_free(&answer);
    web_close(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_body__is_no_larger_than_the_route_allows),
        PLAIN(test_body__is_counted_when_it_comes_in_pieces),
        PLAIN(test_body__is_dropped_where_the_sender_may_not),
        SECURE(test_body__is_dropped_where_the_sender_may_not),
        PLAIN(test_body__is_refused_before_it_comes_if_one_asks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
