#include "support/check.h"

#include "http/certificate.h"
#include "http/server.h"
#include "support/folder.h"
#include "support/web.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

// A server that tells what it was asked.
struct scene {
    struct http_server *server;
    struct certificate *certificate;
    struct folder folder;
    atomic_int version; // of what streams and those who wait are told
    atomic_int asked;   // how often the one who waits was
};

static char *words(const char *format, ...) __attribute__((format(printf, 1, 2)));
static char *words(const char *format, ...)
{
    va_list arguments;
    char *text = NULL;

    va_start(arguments, format);
    assert_true(vasprintf(&text, format, arguments) >= 0);
    va_end(arguments);
    return text;
}

static const char *or_none(const char *text)
{
    return text ? text : "none";
}

static void tell(void *owner, const struct http_request *request, struct http_reply *reply)
{
    (void)owner;
    http_json(reply, 200,
              words("%s|%s|%s|%s|%s|%s|%zu:%s|%s", request->parts[0], request->parts[1],
                    or_none(http_header(request, "X-Word")), or_none(http_query(request, "after")),
                    or_none(http_cookie(request, "session")), or_none(http_bearer(request)), request->length,
                    (const char *)request->body, request->peer));
}

static void give_file(void *owner, const struct http_request *request, struct http_reply *reply)
{
    (void)owner;
    (void)request;
    *reply = (struct http_reply){.status = 200,
                                 .type = "text/plain",
                                 .fixed = "file",
                                 .length = 4,
                                 .cache = "max-age=60",
                                 .etag = "\"f1\"",
                                 .cookie = "session=abc; HttpOnly",
                                 .location = "/elsewhere",
                                 .retry_after_s = 7};
}

static size_t write_version(void *owner, uint64_t *seen, char *out, size_t most)
{
    struct scene *scene = owner;
    uint64_t version = (uint64_t)atomic_load(&scene->version);

    if (*seen == version) return 0;
    *seen = version;
    return (size_t)snprintf(out, most, "data: %d\n\n", (int)version);
}

static void stream(void *owner, const struct http_request *request, struct http_reply *reply)
{
    (void)request;
    *reply =
        (struct http_reply){.status = 200, .type = "text/event-stream", .stream = write_version, .stream_owner = owner};
}

static void wait_for_version(void *owner, const struct http_request *request, struct http_reply *reply)
{
    struct scene *scene = owner;
    const char *after = or_none(http_query(request, "after"));
    int64_t most_ms = strtol(or_none(http_query(request, "ms")), NULL, 10);

    atomic_fetch_add(&scene->asked, 1);
    if (atomic_load(&scene->version) <= atoi(after) && request->waited_ms < most_ms) reply->wait_ms = most_ms;
    else http_json(reply, 200, words("%d", atomic_load(&scene->version)));
}

static bool has_bearer(void *owner, const struct http_request *request)
{
    (void)owner;
    return http_bearer(request);
}

static void open_server(struct scene *scene)
{
    const struct http_route routes[] = {
        {.method = HTTP_GET, .path = "/tell/{first}/{second}", .answer = tell},
        {.method = HTTP_POST, .path = "/tell/{first}", .answer = tell, .most_body_bytes = 1000},
        {.method = HTTP_PUT, .path = "/large", .answer = tell, .most_body_bytes = 3000000, .may_send = has_bearer},
        {.method = HTTP_GET, .path = "/file", .answer = give_file},
        {.method = HTTP_GET, .path = "/stream", .answer = stream, .owner = scene},
        {.method = HTTP_GET, .path = "/wait", .answer = wait_for_version, .owner = scene},
    };
    static struct http_route kept[sizeof routes / sizeof *routes];
    struct http_config config = {.address = "127.0.0.1",
                                 .certificate = scene->certificate,
                                 .hosts = {"kiosk.example"},
                                 .host_count = 1,
                                 .routes = kept,
                                 .route_count = sizeof kept / sizeof *kept,
                                 .clock = clock_system()};

    memcpy(kept, routes, sizeof kept);
    assert_int_equal(http_open(&config, &scene->server), STATUS_OK);
}

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    atomic_store(&scene->version, 1);
    open_server(scene);
    *state = scene;
    return 0;
}

static int set_up_secure(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char base[128];

    assert_non_null(scene);
    atomic_store(&scene->version, 1);
    folder_make(&scene->folder);
    folder_file(&scene->folder, "server", base);
    assert_int_equal(certificate_keep(base, &scene->certificate), STATUS_OK);
    open_server(scene);
    *state = scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;

    http_close(scene->server);
    certificate_close(scene->certificate);
    if (scene->folder.path[0]) folder_remove(&scene->folder);
    free(scene);
    return 0;
}

static struct web *visit(const struct scene *scene)
{
    return web_open(http_port(scene->server), scene->certificate);
}

static void expect(struct web *web, const char *request, const char *headers, const char *body, int status,
                   const char *wanted)
{
    struct web_answer answer;

    web_ask(web, request, headers, body, &answer);
    assert_int_equal(answer.status, status);
    if (wanted) assert_string_equal(answer.body ? answer.body : "", wanted);
    web_answer_free(&answer);
}

// ---- requests ----

static void test_server__hands_over_what_was_asked(void **state)
{
    struct web *web = visit(*state);

    expect(web, "GET /tell/a%20b/%C3%A4?after=7%2F8&x=1",
           "X-Word: w\r\nCookie: a=b; session=s1\r\nAuthorization: bearer  t0\r\n", NULL, 200,
           "a b|\xC3\xA4|w|7/8|s1|t0|0:|127.0.0.1");
    expect(web, "POST /tell/x", "", "the body", 200, "x||none|none|none|none|8:the body|127.0.0.1");
    expect(web, "POST /tell/y", "", "", 200, "y||none|none|none|none|0:|127.0.0.1");
    web_says(web, "POST /tell/z HTTP/1.1\r\nHost: localhost:80\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_true(web_waits_for(web, "z||none|none|none|none|5:abcde|"));
    web_close(web);
}

static void test_server__refuses_what_it_does_not_know(void **state)
{
    struct web *web = visit(*state);
    struct web_answer answer;
    char value[256];

    expect(web, "GET /nothing", "", NULL, 404, "{\"error\": \"no such page\"}");
    expect(web, "GET /tell/a%2Fb/c", "", NULL, 200, "a/b|c|none|none|none|none|0:|127.0.0.1");
    expect(web, "GET /tell/a%0Ab/c", "", NULL, 404, NULL);
    expect(web, "GET /tell/a%00b/c", "", NULL, 404, NULL);
    expect(web, "GET /tell/a%2/c", "", NULL, 404, NULL);
    expect(web, "GET /tell//c", "", NULL, 404, NULL);
    expect(web, "GET /tell/a/b/c", "", NULL, 404, NULL);
    expect(web, "GET /../file", "", NULL, 404, NULL);
    expect(web, "PATCH /file", "", NULL, 405, NULL);
    web_ask(web, "DELETE /tell/x", "", NULL, &answer);
    assert_int_equal(answer.status, 405);
    assert_string_equal(web_answer_header(&answer, "Allow", value), "POST");
    web_answer_free(&answer);
    web_close(web);
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
        struct web *web = visit(*state);
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
        struct web *web = visit(*state);
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
    struct web *web = visit(*state);
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
    struct web *web = visit(*state);
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
    expect(web, "GET /file", "If-None-Match: \"f0\"\r\n", NULL, 200, "file");
    expect(web, "GET /file", "If-None-Match: \"f1\"\r\n", NULL, 304, "");
    expect(web, "HEAD /file", "", NULL, 200, "");
    expect(web, "GET /file", "", NULL, 200, "file"); // the connection is still good
    web_close(web);
}

// ---- bodies ----

static void test_server__takes_no_larger_body_than_the_route(void **state)
{
    char *body = malloc(1002);

    assert_non_null(body);
    memset(body, 'b', 1001);
    body[1001] = '\0';
    struct web *web = visit(*state);
    expect(web, "POST /tell/x", "", body + 1, 200, NULL);
    expect(web, "POST /tell/x", "", body, 413, "{\"error\": \"the body is too large\"}");
    web_close(web);
    web = visit(*state);
    expect(web, "GET /file", "", "a body where none is read", 413, NULL);
    web_close(web);
    free(body);
}

static void test_server__counts_a_body_that_comes_in_pieces(void **state)
{
    struct web *web = visit(*state);
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

static void test_server__keeps_no_body_of_those_who_may_not_send(void **state)
{
    char *body = malloc(2000001);

    assert_non_null(body);
    memset(body, 'b', 2000000);
    body[2000000] = '\0';
    struct web *web = visit(*state);
    expect(web, "PUT /large", "", body, 200, "||none|none|none|none|0:|127.0.0.1");
    struct web_answer answer;
    web_ask(web, "PUT /large", "Authorization: Bearer t\r\n", body, &answer);
    assert_int_equal(answer.status, 200);
    assert_memory_equal(answer.body, "||none|none|none|t|2000000:bbb", 30);
    web_answer_free(&answer);
    web_close(web);
    free(body);
}

static void test_server__tells_those_who_ask_before_they_send(void **state)
{
    struct web *web = visit(*state);
    struct web_answer answer;

    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
    assert_true(web_waits_for(web, "HTTP/1.1 413 "));
    web_close(web);
    web = visit(*state);
    web_says(web, "POST /tell/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assert_true(web_waits_for(web, "HTTP/1.1 100 "));
    web_says(web, "ok");
    web_waits_for(web, "\r\n\r\n");
    web_answer_read(web, false, &answer);
    assert_int_equal(answer.status, 200);
    web_answer_free(&answer);
    web_close(web);
}

// ---- streams, and those who wait ----

static void test_server__streams_news_at_each_ring(void **state)
{
    struct scene *scene = *state;
    struct web *webs[20];
    char wanted[32];

    for (size_t i = 0; i < 20; i++) {
        webs[i] = visit(scene);
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

static void test_server__calls_again_who_waits(void **state)
{
    struct scene *scene = *state;
    struct web *web = visit(scene), *other = visit(scene);
    struct web_answer answer;

    web_says(web, "GET /wait?after=1&ms=600000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (atomic_load(&scene->asked) == 0) expect(other, "GET /file", "", NULL, 200, "file");
    http_ring(scene->server); // without news for it: it goes on waiting
    while (atomic_load(&scene->asked) == 1) expect(other, "GET /file", "", NULL, 200, "file");
    assert_true(web_is_quiet(web, 0));
    atomic_store(&scene->version, 2);
    http_ring(scene->server);
    web_answer_read(web, false, &answer);
    assert_string_equal(answer.body, "2");
    web_answer_free(&answer);
    expect(web, "GET /wait?after=2&ms=30", "", NULL, 200, "2"); // its time is over
    expect(web, "GET /wait?after=1&ms=30", "", NULL, 200, "2");
    web_close(web);
    web_close(other);
}

static void test_server__closes_with_all_of_them_open(void **state)
{
    struct scene *scene = *state;
    struct web *streaming = visit(scene), *waiting = visit(scene), *silent = visit(scene), *half = visit(scene);
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
    expect(web, "GET /", "", NULL, 404, NULL);
    web_close(web);
    http_close(other);
}

#define PLAIN(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
#define SECURE(test)                                                                                                   \
    {                                                                                                                  \
#test "_over_tls", test, set_up_secure, tear_down, NULL                                                        \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_server__hands_over_what_was_asked),
        SECURE(test_server__hands_over_what_was_asked),
        PLAIN(test_server__refuses_what_it_does_not_know),
        PLAIN(test_server__answers_to_its_own_names_only),
        PLAIN(test_server__wants_one_host),
        PLAIN(test_server__says_what_browsers_may_do),
        PLAIN(test_server__sends_a_handlers_headers),
        SECURE(test_server__sends_a_handlers_headers),
        PLAIN(test_server__takes_no_larger_body_than_the_route),
        PLAIN(test_server__counts_a_body_that_comes_in_pieces),
        PLAIN(test_server__keeps_no_body_of_those_who_may_not_send),
        SECURE(test_server__keeps_no_body_of_those_who_may_not_send),
        PLAIN(test_server__tells_those_who_ask_before_they_send),
        PLAIN(test_server__streams_news_at_each_ring),
        SECURE(test_server__streams_news_at_each_ring),
        PLAIN(test_server__calls_again_who_waits),
        SECURE(test_server__calls_again_who_waits),
        PLAIN(test_server__closes_with_all_of_them_open),
        SECURE(test_server__closes_with_all_of_them_open),
        PLAIN(test_server__says_when_the_address_is_taken),
        PLAIN(test_server__listens_everywhere),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
