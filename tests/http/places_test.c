#include "http/scene.h"

#include "http/exchange_microhttpd.h"

#include <stdio.h>

// Everybody who connected before has a place once a later one was answered.
static void settle(struct scene *scene)
{
    struct web *web = scene_visit(scene);

    scene_expect(web, "GET /file", "", NULL, 200, NULL);
    web_close(web);
}

// The same, where goodbyes have to be read before there is room, and time has to pass.
static void settle_at_last(struct scene *scene, const char *address)
{
    bool is_answered = false;

    for (int left = 200; left > 0 && !is_answered; left--) {
        struct web *web = web_open_from(address, http_port(scene->server));
        web_says(web, "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
        if (web_is_quiet(web, 20)) scene_pass(scene, HTTP_PING_MS);
        else is_answered = web_waits_for(web, "HTTP/1.1 200 ");
        web_close(web);
    }
    assert_true(is_answered);
}

static void test_places__who_says_nothing_is_let_go(void **state)
{
    struct scene *scene = *state;
    struct web *web = web_open(http_port(scene->server), false);

    settle(scene);
    scene_pass(scene, EXCHANGE_HEAD_MS / 2); // the machine's own time passes as well
    assert_true(web_is_quiet(web, 50));
    scene_pass(scene, EXCHANGE_HEAD_MS / 2);
    assert_true(web_is_closed(web));
    web_close(web);
}

static void test_places__a_head_in_drops_takes_no_longer(void **state)
{
    struct scene *scene = *state;
    struct web *web = web_open(http_port(scene->server), false);

    settle(scene);
    web_says(web, "GET /file HTTP/1.1\r\n");
    for (int i = 0; i < 10; i++) {
        web_says(web, "X-More: and more\r\n");
        scene_pass(scene, EXCHANGE_HEAD_MS / 10);
    }
    assert_true(web_is_closed(web));
    web_close(web);
}

static void test_places__a_connection_is_kept_for_the_next_request(void **state)
{
    struct scene *scene = *state;
    struct web *web = scene_visit(scene);

    scene_expect(web, "GET /file", "", NULL, 200, NULL);
    scene_pass(scene, EXCHANGE_BETWEEN_MS / 2);
    scene_expect(web, "GET /file", "", NULL, 200, NULL);
    settle(scene);
    scene_pass(scene, EXCHANGE_BETWEEN_MS + 1000);
    assert_true(web_is_closed(web));
    web_close(web);
}

static void test_places__a_body_in_drops_is_not_waited_for(void **state)
{
    struct scene *scene = *state;
    struct web *web = scene_visit(scene);

    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
    assert_true(web_waits_for(web, "HTTP/1.1 100 ")); // so it is at the body
    for (int i = 0; i < 12; i++) {
        web_says(web, "b");
        scene_pass(scene, EXCHANGE_BODY_MS / 10);
    }
    assert_false(web_waits_for(web, "HTTP/1.1 200"));
    web_close(web);
}

static void test_places__who_waits_is_cut_by_nobody(void **state)
{
    struct scene *scene = *state;
    struct web *web = scene_visit(scene);

    web_says(web, "GET /wait?after=1&ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (atomic_load(&scene->asked) == 0) settle(scene);
    for (int i = 0; i < 5; i++) {
        int before = atomic_load(&scene->asked);
        scene_pass(scene, 100 * 1000);
        while (atomic_load(&scene->asked) == before) settle(scene);
    }
    assert_true(web_is_quiet(web, 0));
    scene_pass(scene, 100 * 1000);
    assert_true(web_waits_for(web, "\r\n\r\n1"));
    web_close(web);
}

static void test_places__a_stream_without_news_pings(void **state)
{
    struct scene *scene = *state;
    struct web *web = scene_visit(scene);

    web_says(web, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_true(web_waits_for(web, "data: 1\n\n\r\n"));
    for (int i = 0; i < 10; i++) {
        settle(scene);
        scene_pass(scene, HTTP_PING_MS + 1000);
        assert_true(web_waits_for(web, ": ping\n\n\r\n"));
    }
    web_close(web);
}

static void test_places__who_is_silent_for_longest_makes_room(void **state)
{
    struct scene *scene = *state;
    struct web *silent[5], *visitors[3], *stream;

    scene_open_small(scene, 6, 6);
    stream = scene_visit(scene);
    web_says(stream, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_true(web_waits_for(stream, "data: 1\n\n\r\n"));
    for (size_t i = 0; i < 5; i++) {
        silent[i] = scene_visit(scene);
        scene_pass(scene, 10);
    }
    for (size_t i = 0; i < 3; i++) {
        visitors[i] = scene_visit(scene);
        scene_expect(visitors[i], "GET /file", "", NULL, 200, NULL);
        assert_true(web_is_closed(silent[i]));
    }
    atomic_store(&scene->version, 2);
    http_ring(scene->server);
    assert_true(web_waits_for(stream, "data: 2\n\n"));
    for (size_t i = 0; i < 5; i++) web_close(silent[i]);
    for (size_t i = 0; i < 3; i++) web_close(visitors[i]);
    web_close(stream);
}

static void test_places__nobody_takes_them_all(void **state)
{
    struct scene *scene = *state;
    struct web *webs[4];

    scene_open_small(scene, 16, 3);
    for (size_t i = 0; i < 4; i++) webs[i] = web_open_from("127.0.0.2", http_port(scene->server));
    assert_true(web_is_closed(webs[3]));
    settle(scene); // from elsewhere
    assert_true(web_is_quiet(webs[2], 0));
    for (size_t i = 0; i < 4; i++) web_close(webs[i]);
    settle_at_last(scene, "127.0.0.2");
}

static void test_places__are_given_back(void **state)
{
    static const char *const farewells[] = {"", "GET /fi", "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                            "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf",
                                            "GET /wait?after=1&ms=50 HTTP/1.1\r\nHost: localhost\r\n\r\n"};
    struct scene *scene = *state;

    scene_open_small(scene, 8, 8);
    for (int i = 0; i < 100; i++) {
        struct web *web = web_open(http_port(scene->server), false);
        web_says(web, farewells[i % 5]);
        web_close(web);
        scene_pass(scene, HTTP_PING_MS);
    }
    settle_at_last(scene, "127.0.0.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_places__who_says_nothing_is_let_go),
        SECURE(test_places__who_says_nothing_is_let_go),
        PLAIN(test_places__a_head_in_drops_takes_no_longer),
        PLAIN(test_places__a_connection_is_kept_for_the_next_request),
        PLAIN(test_places__a_body_in_drops_is_not_waited_for),
        PLAIN(test_places__who_waits_is_cut_by_nobody),
        PLAIN(test_places__a_stream_without_news_pings),
        SECURE(test_places__a_stream_without_news_pings),
        PLAIN(test_places__who_is_silent_for_longest_makes_room),
        PLAIN(test_places__nobody_takes_them_all),
        PLAIN(test_places__are_given_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
