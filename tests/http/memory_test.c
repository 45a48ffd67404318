// What strangers cost, measured at a server in a process of its own.
#include "http/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void test_memory__of_a_connection_is_bounded(void **state)
{
    (void)state;
    fill(false, false);
    fill(false, true);
    fill(true, false);
    fill(true, true);
}

static void test_memory__of_all_bodies_is_bounded(void **state)
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
        cmocka_unit_test(test_memory__of_a_connection_is_bounded),
        cmocka_unit_test(test_memory__of_all_bodies_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
