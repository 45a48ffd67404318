#include "http/scene.h"

#include <stdio.h>
#include <stdlib.h>

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

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path = "/tell/{first}/{second}", .answer = tell},
    {.method = HTTP_POST, .path = "/tell/{first}", .answer = tell, .most_body_bytes = 1000},
    {.method = HTTP_PUT, .path = "/large", .answer = tell, .most_body_bytes = 3000000, .may_send = has_bearer},
    {.method = HTTP_GET, .path = "/file", .answer = give_file},
    {.method = HTTP_GET, .path = "/stream", .answer = stream},
    {.method = HTTP_GET, .path = "/wait", .answer = wait_for_version},
};
enum { ROUTES = sizeof routes / sizeof *routes };

// ---- the clock ----

static struct scene *of_clock(struct clock *clock)
{
    return (struct scene *)((char *)clock - offsetof(struct scene, clock));
}

static int64_t mono_ms(struct clock *clock)
{
    return clock_system()->ops->mono_ms(clock_system()) + atomic_load(&of_clock(clock)->ahead_ms);
}

void scene_pass(struct scene *scene, int64_t ms)
{
    atomic_fetch_add(&scene->ahead_ms, ms);
    http_ring(scene->server); // it sleeps by the system's clock
}

// ---- life ----

void scene_open(struct scene *scene)
{
    static const struct clock_ops clock_ops = {.mono_ms = mono_ms};
    struct http_config *config = &scene->config;
    struct http_route *own = calloc(ROUTES, sizeof *own);

    assert_non_null(own);
    memcpy(own, routes, sizeof routes);
    for (size_t i = 0; i < ROUTES; i++) own[i].owner = scene;
    scene->clock.ops = &clock_ops;
    atomic_store(&scene->version, 1);
    config->address = "127.0.0.1";
    config->certificate = scene->certificate;
    config->hosts[0] = "kiosk.example";
    config->host_count = 1;
    config->routes = own;
    config->route_count = ROUTES;
    config->clock = &scene->clock;
    assert_int_equal(http_open(config, &scene->server), STATUS_OK);
}

void scene_open_small(struct scene *scene, size_t most, size_t most_per_peer)
{
    http_close(scene->server);
    scene->config.most_connections = most;
    scene->config.most_connections_per_peer = most_per_peer;
    assert_int_equal(http_open(&scene->config, &scene->server), STATUS_OK);
}

int scene_set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);

    assert_non_null(scene);
    scene_open(scene);
    *state = scene;
    return 0;
}

int scene_set_up_secure(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    char base[128];

    assert_non_null(scene);
    folder_make(&scene->folder);
    folder_file(&scene->folder, "server", base);
    assert_int_equal(certificate_keep(base, &scene->certificate), STATUS_OK);
    scene_open(scene);
    *state = scene;
    return 0;
}

int scene_tear_down(void **state)
{
    struct scene *scene = *state;

    http_close(scene->server);
    certificate_close(scene->certificate);
    if (scene->folder.path[0]) folder_remove(&scene->folder);
    free((void *)(uintptr_t)scene->config.routes);
    free(scene);
    return 0;
}

// ---- visits ----

struct web *scene_visit(const struct scene *scene)
{
    return web_open(http_port(scene->server), scene->certificate);
}

void scene_expect(struct web *web, const char *request, const char *headers, const char *body, int status,
                  const char *wanted)
{
    struct web_answer answer;

    web_ask(web, request, headers, body, &answer);
    if (answer.status != status) fail_msg("%s: %d", request, answer.status);
    if (wanted) assert_string_equal(answer.body ? answer.body : "", wanted);
    web_answer_free(&answer);
}
