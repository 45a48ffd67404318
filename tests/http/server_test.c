#include "http/scene.h"

#include <stdio.h>
#include <stdlib.h>

// ---- requests ----

static void test_server__hands_over_what_was_asked(void **state)
{
    struct web *web = scene_visit(*state);

    scene_expect(web, "GET /tell/a%20b/%C3%A4?after=7%2F8&x=1",
                 "X-Word: w\r\nCookie: a=b; session=s1\r\nAuthorization: bearer  t0\r\n", NULL, 200,
                 "a b|\xC3\xA4|w|7/8|s1|t0|0:|127.0.0.1");
    scene_expect(web, "POST /tell/x", "", "the body", 200, "x||none|none|none|none|8:the body|127.0.0.1");
    scene_expect(web, "POST /tell/y", "", "", 200, "y||none|none|none|none|0:|127.0.0.1");
    web_says(web, "POST /tell/z HTTP/1.1\r\nHost: localhost:80\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_true(web_waits_for(web, "z||none|none|none|none|5:abcde|"));
    web_close(web);
}

static void test_server__refuses_what_it_does_not_know(void **state)
{
    struct web *web = scene_visit(*state);
    struct web_answer answer;
    char value[256];

    scene_expect(web, "GET /nothing", "", NULL, 404, "{\"error\": \"no such page\"}");
    scene_expect(web, "GET /tell/a%2Fb/c", "", NULL, 200, "a/b|c|none|none|none|none|0:|127.0.0.1");
    scene_expect(web, "GET /tell/a%0Ab/c", "", NULL, 404, NULL);
    scene_expect(web, "GET /tell/a%00b/c", "", NULL, 404, NULL);
    scene_expect(web, "GET /tell/a%2/c", "", NULL, 404, NULL);
    scene_expect(web, "GET /tell//c", "", NULL, 404, NULL);
    scene_expect(web, "GET /tell/a/b/c", "", NULL, 404, NULL);
    scene_expect(web, "GET /../file", "", NULL, 404, NULL);
    scene_expect(web, "PATCH /file", "", NULL, 405, NULL);
    web_ask(web, "DELETE /tell/x", "", NULL, &answer);
    assert_int_equal(answer.status, 405);
    assert_string_equal(web_answer_header(&answer, "Allow", value), "POST");
    web_answer_free(&answer);
    web_close(web);
}

static void test_error__stays_json_whatever_it_quotes(void **state)
{
    struct http_reply reply = {0};

    (void)state;
    http_error(&reply, 400, "line 3: unknown key 'a\", \"x\\\n\x1B'");
    assert_int_equal(reply.status, 400);
    assert_string_equal(reply.body, "{\"error\": \"line 3: unknown key 'a ,  x   '\"}");
    assert_int_equal(reply.length, strlen(reply.body));
    free(reply.body);
}

static void test_server__answers_to_its_own_names_only(void **state)
{
    static const struct {
        const char *host;
        int status;
    } cases[] = {{"192.168.4.1:8080", 200}, {"[::1]:1", 200},
                 {"LocalHost", 200},        {"kiosk.example:8443", 200},
                 {"evil.example", 421},     {"127.0.0.1.evil.example", 421},
                 {"kiosk.example:x", 421},  {"", 421}};
    char text[256];
    struct web_answer answer;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct web *web = scene_visit(*state);
        snprintf(text, sizeof text, "GET /file HTTP/1.1\r\nHost: %s\r\n\r\n", cases[i].host);
        web_says(web, text);
        web_answer_read(web, false, &answer);
        if (answer.status != cases[i].status) fail_msg("%s: %d", cases[i].host, answer.status);
        web_answer_free(&answer);
        web_close(web);
    }
}

static void test_server__wants_one_host(void **state)
{
    static const char *const heads[] = {"GET /file HTTP/1.1\r\n\r\n", "GET /file HTTP/1.0\r\n\r\n",
                                        "GET /file HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"};
    struct web_answer answer;

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        struct web *web = scene_visit(*state);
        web_says(web, heads[i]);
        web_answer_read(web, false, &answer);
        assert_int_equal(answer.status, 400);
        web_answer_free(&answer);
        web_close(web);
    }
}

// ---- answers ----

static void test_server__says_what_browsers_may_do(void **state)
{
    static const char *const requests[] = {"GET /file", "GET /nothing", "GET /tell/a/b", "DELETE /file"};
    struct web *web = scene_visit(*state);
    struct web_answer answer;
    char value[256];

    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
        web_ask(web, requests[i], "", NULL, &answer);
        assert_string_equal(web_answer_header(&answer, "X-Content-Type-Options", value), "nosniff");
        assert_string_equal(web_answer_header(&answer, "Referrer-Policy", value), "no-referrer");
        assert_string_equal(web_answer_header(&answer, "Cache-Control", value), i == 0 ? "max-age=60" : "no-store");
        assert_non_null(web_answer_header(&answer, "Content-Security-Policy", value));
        assert_non_null(strstr(value, "default-src 'none'; script-src 'self';"));
        assert_null(strstr(value, "unsafe"));
        web_answer_free(&answer);
    }
    web_close(web);
}

static void test_server__sends_a_handlers_headers(void **state)
{
    struct web *web = scene_visit(*state);
    struct web_answer answer;
    char value[256];

    web_ask(web, "GET /file", "", NULL, &answer);
    assert_string_equal(answer.body, "file");
    assert_string_equal(web_answer_header(&answer, "Content-Type", value), "text/plain");
    assert_string_equal(web_answer_header(&answer, "ETag", value), "\"f1\"");
    assert_string_equal(web_answer_header(&answer, "Set-Cookie", value), "session=abc; HttpOnly");
    assert_string_equal(web_answer_header(&answer, "Location", value), "/elsewhere");
    assert_string_equal(web_answer_header(&answer, "Retry-After", value), "7");
    web_answer_free(&answer);
    scene_expect(web, "GET /file", "If-None-Match: \"f0\"\r\n", NULL, 200, "file");
    scene_expect(web, "GET /file", "If-None-Match: \"f1\"\r\n", NULL, 304, "");
    scene_expect(web, "HEAD /file", "", NULL, 200, "");
    scene_expect(web, "GET /file", "", NULL, 200, "file"); // the connection is still good
    web_close(web);
}

// ---- where it listens ----

static void test_server__says_when_the_address_is_taken(void **state)
{
    struct scene *scene = *state;
    struct http_config config = {.address = "127.0.0.1", .port = http_port(scene->server), .clock = clock_system()};
    struct http_server *other = NULL;

    assert_int_equal(http_open(&config, &other), STATUS_LATER);
    config.address = "203.0.113.7"; // of documentation, never ours
    assert_int_equal(http_open(&config, &other), STATUS_LATER);
    config.address = "no figures";
    assert_int_equal(http_open(&config, &other), STATUS_LATER);
    assert_null(other);
}

static void test_server__listens_everywhere(void **state)
{
    struct http_config config = {.clock = clock_system()};
    struct http_server *other = NULL;

    (void)state;
    assert_int_equal(http_open(&config, &other), STATUS_OK);
    struct web *web = web_open(http_port(other), false);
    scene_expect(web, "GET /", "", NULL, 404, NULL);
    web_close(web);
    http_close(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error__stays_json_whatever_it_quotes),
        PLAIN(test_server__hands_over_what_was_asked),
        SECURE(test_server__hands_over_what_was_asked),
        PLAIN(test_server__refuses_what_it_does_not_know),
        PLAIN(test_server__answers_to_its_own_names_only),
        PLAIN(test_server__wants_one_host),
        PLAIN(test_server__says_what_browsers_may_do),
        PLAIN(test_server__sends_a_handlers_headers),
        SECURE(test_server__sends_a_handlers_headers),
        PLAIN(test_server__says_when_the_address_is_taken),
        PLAIN(test_server__listens_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
