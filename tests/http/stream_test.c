#include "http/scene.h"

#include <stdio.h>
#include <time.h>

static void test_stream__brings_news_at_each_ring(void **state)
{
    struct scene *scene = *state;
    struct web *webs[20];
    char wanted[32];

    for (size_t i = 0; i < 20; i++) {
        webs[i] = scene_visit(scene);
        web_says(webs[i], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_true(web_waits_for(webs[i], "retry: 2000\n\n"));
        assert_true(web_waits_for(webs[i], "data: 1\n\n"));
    }
    for (int version = 2; version < 6; version++) {
        atomic_store(&scene->version, version);
        http_ring(scene->server);
        snprintf(wanted, sizeof wanted, "data: %d\n\n\r\n", version); // the end of its chunk, too
        for (size_t i = 0; i < 20; i++) assert_true(web_waits_for(webs[i], wanted));
    }
    http_ring(scene->server); // without news
    assert_true(web_is_quiet(webs[0], 100));
    for (size_t i = 0; i < 20; i++) web_close(webs[i]);
}

static void test_waiting__is_called_again_at_a_ring_or_when_its_time_is_over(void **state)
{
    struct scene *scene = *state;
    struct web *web = scene_visit(scene), *other = scene_visit(scene);
    struct web_answer answer;

    web_says(web, "GET /wait?after=1&ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (atomic_load(&scene->asked) == 0) scene_expect(other, "GET /file", "", NULL, 200, "file");
    http_ring(scene->server); // without news for it: it goes on waiting
    while (atomic_load(&scene->asked) == 1) scene_expect(other, "GET /file", "", NULL, 200, "file");
    assert_true(web_is_quiet(web, 0));
    atomic_store(&scene->version, 2);
    http_ring(scene->server);
    web_answer_read(web, false, &answer);
    assert_string_equal(answer.body, "2");
    web_answer_free(&answer);
    scene_expect(web, "GET /wait?after=2&ms=30", "", NULL, 200, "2"); // its time is over
    scene_expect(web, "GET /wait?after=1&ms=30", "", NULL, 200, "2");
    web_close(web);
    web_close(other);
}

static int64_t cpu_ms(void)
{
    struct timespec used;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

static void test_stream__costs_nothing_without_news(void **state)
{
    struct scene *scene = *state;
    struct web *webs[20], *waiting = scene_visit(scene);

    for (size_t i = 0; i < 20; i++) {
        webs[i] = scene_visit(scene);
        if (i % 2) continue; // silent
        web_says(webs[i], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_true(web_waits_for(webs[i], "data: 1\n\n\r\n"));
    }
    web_says(waiting, "GET /wait?after=1&ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (atomic_load(&scene->asked) == 0) assert_true(web_is_quiet(webs[0], 1));
    int64_t before_ms = cpu_ms();
    assert_true(web_is_quiet(webs[0], 300));
    assert_true(cpu_ms() - before_ms < 50); // a loop that doesn't sleep takes all of it
    for (size_t i = 0; i < 20; i++) web_close(webs[i]);
    web_close(waiting);
}

static void test_stream__ends_when_the_server_closes(void **state)
{
    struct scene *scene = *state;
    struct web *streaming = scene_visit(scene), *waiting = scene_visit(scene), *silent = scene_visit(scene),
               *half = scene_visit(scene);
    struct web_answer answer;

    web_says(streaming, "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_true(web_waits_for(streaming, "data: 1\n\n"));
    web_says(waiting, "GET /wait?after=1&ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (atomic_load(&scene->asked) == 0) http_ring(scene->server);
    web_says(half, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf");
    http_close(scene->server);
    scene->server = NULL;
    web_answer_read(waiting, false, &answer);
    assert_true(answer.status == 503 || answer.status == 0);
    web_answer_free(&answer);
    assert_false(web_waits_for(streaming, "data:"));
    assert_true(web_is_closed(silent));
    assert_true(web_is_closed(half));
    web_close(streaming);
    web_close(waiting);
    web_close(silent);
    web_close(half);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_stream__brings_news_at_each_ring),
        SECURE(test_stream__brings_news_at_each_ring),
        PLAIN(test_waiting__is_called_again_at_a_ring_or_when_its_time_is_over),
        SECURE(test_waiting__is_called_again_at_a_ring_or_when_its_time_is_over),
        PLAIN(test_stream__costs_nothing_without_news),
        SECURE(test_stream__costs_nothing_without_news),
        PLAIN(test_stream__ends_when_the_server_closes),
        SECURE(test_stream__ends_when_the_server_closes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
