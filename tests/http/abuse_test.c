// What strangers do to a server that stands open in a hall.
#include "http/scene.h"

#include "support/studio/dice.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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

// ---- memory: of a server in a process of its own ----

struct apart {
    pid_t pid;
    uint16_t port;
    int leash; // closed: it ends
};

static void serve(bool is_secure, int port_pipe, int leash)
{
    void *state = NULL;
    char end;

    if (is_secure) scene_set_up_secure(&state);
    else scene_set_up(&state);
    struct scene *scene = state;
    uint16_t port = http_port(scene->server);
    if (write(port_pipe, &port, sizeof port) == sizeof port) (void)!read(leash, &end, 1);
    scene_tear_down(&state);
    _exit(0);
}

static void open_apart(bool is_secure, struct apart *out)
{
    int ports[2], leash[2];

    assert_int_equal(pipe(ports), 0);
    assert_int_equal(pipe(leash), 0);
    out->pid = fork();
    assert_true(out->pid >= 0);
    if (out->pid == 0) {
        close(leash[1]);
        serve(is_secure, ports[1], leash[0]);
    }
    close(ports[1]);
    close(leash[0]);
    assert_int_equal(read(ports[0], &out->port, sizeof out->port), sizeof out->port);
    close(ports[0]);
    out->leash = leash[1];
}

static void close_apart(const struct apart *apart)
{
    int status = -1;

    close(apart->leash);
    assert_int_equal(waitpid(apart->pid, &status, 0), apart->pid);
    assert_int_equal(status, 0);
}

static long resident_bytes(const struct apart *apart)
{
    char path[64];
    long pages = 0;

    snprintf(path, sizeof path, "/proc/%d/statm", (int)apart->pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static void expect_growth(const struct apart *apart, long before, long most)
{
    long growth = resident_bytes(apart) - before;

    print_message("%ld bytes more, of at most %ld\n", growth, most);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__ // they keep much of their own
    assert_true(growth <= most);
#endif
}

static void fill(bool is_secure, bool is_streaming)
{
    enum { COUNT = 250 };
    struct apart apart;
    struct web *webs[COUNT];

    open_apart(is_secure, &apart);
    long before = resident_bytes(&apart);
    for (size_t i = 0; i < COUNT; i++) {
        webs[i] = web_open(apart.port, is_secure);
        web_says(webs[i], is_streaming ? "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n" : "GET / HTTP/1.1\r\nX: ");
        if (is_streaming) assert_true(web_waits_for(webs[i], "data: 1\n\n"));
        else
            for (int more = 0; more < 500; more++) web_says(webs[i], "0123456789abcdef");
    }
    expect_growth(&apart, before, (long)COUNT * HTTP_BYTES_PER_CONNECTION);
    for (size_t i = 0; i < COUNT; i++) web_close(webs[i]);
    close_apart(&apart);
}

static void test_abuse__a_connection_takes_bounded_memory(void **state)
{
    (void)state;
    fill(false, false);
    fill(false, true);
    fill(true, false);
    fill(true, true);
}

static void test_abuse__bodies_take_bounded_memory_together(void **state)
{
    enum { COUNT = 40, BYTES = 3000000 };
    struct apart apart;
    struct web *webs[COUNT];
    struct web_answer answer;
    int taken = 0, put_off = 0;
    char *body = malloc(BYTES), head[200];

    (void)state;
    assert_non_null(body);
    memset(body, 'b', BYTES);
    snprintf(head, sizeof head,
             "PUT /large HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer t\r\nContent-Length: %d\r\n\r\n", BYTES);
    open_apart(false, &apart);
    long before = resident_bytes(&apart);
    for (size_t i = 0; i < COUNT; i++) {
        webs[i] = web_open(apart.port, false);
        web_says(webs[i], head);
        web_say(webs[i], body, BYTES - 1);
    }
    expect_growth(&apart, before, HTTP_BODY_BYTES_TOGETHER + (long)COUNT * HTTP_BYTES_PER_CONNECTION);
    for (size_t i = 0; i < COUNT; i++) {
        web_say(webs[i], body, 1);
        web_answer_read(webs[i], false, &answer);
        taken += answer.status == 200;
        put_off += answer.status == 503;
        web_answer_free(&answer);
        web_close(webs[i]);
    }
    assert_int_equal(taken + put_off, COUNT);
    assert_true(taken > 0 && put_off > 0);
    close_apart(&apart);
    free(body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_abuse__a_connection_takes_bounded_memory), // first: fork comes before threads
        cmocka_unit_test(test_abuse__bodies_take_bounded_memory_together),
        PLAIN(test_abuse__nonsense_leaves_nothing_behind),
        SECURE(test_abuse__no_tls_on_a_tls_port),
        PLAIN(test_abuse__huge_heads_are_refused),
        PLAIN(test_abuse__news_arrives_in_a_crowd),
        PLAIN(test_abuse__who_reads_no_answers_is_not_waited_for),
    };

    print_message("seed %d\n", SEED);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
