// What strangers do to a server that stands open in a hall.
#include "http/scene.h"

#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { SEED = 20261122, NONSENSE = 1500, SILENT = 500, STREAMS = 200 };

static void expect_service(struct scene *scene)
{
    struct web *web = scene_visit(scene);

    scene_expect(web, "GET /file", "", NULL, 200, "file");
    web_close(web);
}

// ---- nonsense ----

static const char *const scraps[] = {
    "GET / HTTP/1.1\r\n",
    "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "POST /tell/x HTTP/1.1\r\n",
    "\r\n",
    "Host: localhost\r\n",
    "Host: \r\n",
    ": \r\n",
    "X\r\n",
    " folded\r\n",
    "Content-Length: 18446744073709551617\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 5\r\n",
    "Content-Length: 6\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: identity, chunked\r\n",
    "FFFFFFFFFFFFFFFF\r\n",
    "5\r\nabcde\r\n",
    "0\r\n\r\n",
    "GET",
    "/",
    "%00%ff%",
    "?a=%",
    "HTTP/9.9",
    "HTTP/0.9\r\n",
    "Expect: 100-continue\r\n",
    "Connection: upgrade\r\n",
    "Upgrade: websocket\r\n",
    "Cookie: ;=;session;session==\"\r\n",
    "Range: bytes=0-,1-\r\n",
    "\x16\x03\x01\x02",
    "OPTIONS * HTTP/1.1\r\n",
    "CONNECT x:1 HTTP/1.1\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "\xFF\xFE",
    "PUT /large ",
};

static size_t make_nonsense(struct dice *dice, char out[4096])
{
    size_t length = 0;

    for (int pieces = dice_below(dice, 12); pieces >= 0; pieces--) {
        const char *scrap = scraps[dice_below(dice, (int)(sizeof scraps / sizeof *scraps))];
        size_t noise = dice_is(dice, 0.3) ? (size_t)dice_below(dice, 200) : 0;
        memcpy(out + length, scrap, strlen(scrap));
        length += strlen(scrap);
        for (size_t i = 0; i < noise; i++) out[length++] = (char)dice_below(dice, 256);
    }
    return length;
}

static void say_nonsense(struct scene *scene, struct dice *dice)
{
    char bytes[4096];
    struct web *web = web_open(http_port(scene->server), false);

    web_say(web, bytes, make_nonsense(dice, bytes));
    shutdown(web_descriptor(web), SHUT_WR);
    if (dice_is(dice, 0.5) && !web_is_quiet(web, 1)) (void)web_hear(web, bytes, sizeof bytes);
    web_close(web);
}

static void test_abuse__nonsense_leaves_nothing_behind(void **state)
{
    struct scene *scene = *state;
    struct dice dice = {SEED};

    scene_open_small(scene, 16, 16); // a place that was not given back would be missed
    for (int i = 0; i < NONSENSE; i++) {
        say_nonsense(scene, &dice);
        if (i % 100 == 0) scene_pass(scene, 1000);
    }
    scene_pass(scene, 60 * 1000);
    expect_service(scene);
}

static void test_abuse__no_tls_on_a_tls_port(void **state)
{
    struct scene *scene = *state;
    struct dice dice = {SEED};

    for (int i = 0; i < NONSENSE / 10; i++) say_nonsense(scene, &dice);
    expect_service(scene);
}

// ---- sizes ----

static void say_much(struct scene *scene, const char *begin, const char *more, size_t most)
{
    struct web *web = scene_visit(scene);
    struct web_answer answer;
    char *text = calloc(1, strlen(begin) + most + 5), *end = stpcpy(text, begin);

    for (size_t i = 0; i + strlen(more) <= most; i += strlen(more)) end = stpcpy(end, more);
    strcpy(end, "\r\n\r\n");
    web_says(web, text);
    web_answer_read(web, false, &answer);
    if (answer.status != 0 && (answer.status < 400 || answer.status > 499)) fail_msg("%s: %d", begin, answer.status);
    web_answer_free(&answer);
    web_close(web);
    free(text);
    expect_service(scene);
}

static void test_abuse__huge_heads_are_refused(void **state)
{
    say_much(*state, "GET /", "0123456789abcdef", 400);
    say_much(*state, "GET /", "0123456789abcdef", 1500000);
    say_much(*state, "GET /file?", "a=b&", 1500000);
    say_much(*state, "GET /file HTTP/1.1\r\nHost: localhost\r\nX-Long: ", "0123456789abcdef", 1500000);
    say_much(*state, "GET /file HTTP/1.1\r\nHost: localhost\r\n", "X-Many: 1\r\n", 1500000);
    say_much(*state, "GET /file HTTP/1.1\r\nHost: localhost\r\nCookie: ", "a=b; ", 1500000);
}

// ---- crowds ----

static void test_abuse__news_arrives_in_a_crowd(void **state)
{
    struct scene *scene = *state;
    struct web *streams[STREAMS], *silent[SILENT];
    struct dice dice = {SEED};
    char wanted[32], address[32];

    for (size_t i = 0; i < STREAMS; i++) {
        streams[i] = scene_visit(scene);
        web_says(streams[i], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert_true(web_waits_for(streams[i], "data: 1\n\n"));
    }
    for (size_t i = 0; i < SILENT; i++) {
        snprintf(address, sizeof address, "127.0.0.%zu", 2 + i % 8);
        silent[i] = web_open_from(address, http_port(scene->server));
    }
    for (int version = 2; version < 12; version++) {
        for (int i = 0; i < 50; i++) say_nonsense(scene, &dice);
        atomic_store(&scene->version, version);
        http_ring(scene->server);
        snprintf(wanted, sizeof wanted, "data: %d\n\n", version);
        for (size_t i = 0; i < STREAMS; i++) assert_true(web_waits_for(streams[i], wanted));
    }
    for (size_t i = 0; i < STREAMS; i++) web_close(streams[i]);
    for (size_t i = 0; i < SILENT; i++) web_close(silent[i]);
    expect_service(scene);
}

static void test_abuse__who_reads_no_answers_is_not_waited_for(void **state)
{
    struct scene *scene = *state;
    struct web *deaf = scene_visit(scene);

    for (int i = 0; i < 2000; i++) web_says(deaf, "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect_service(scene);
    web_close(deaf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_abuse__nonsense_leaves_nothing_behind),
        SECURE(test_abuse__no_tls_on_a_tls_port),
        PLAIN(test_abuse__huge_heads_are_refused),
        PLAIN(test_abuse__news_arrives_in_a_crowd),
        PLAIN(test_abuse__who_reads_no_answers_is_not_waited_for),
    };

    print_message("seed %d\n", SEED);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
