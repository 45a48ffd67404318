#include "support/check.h"

#include "base/file.h"
#include "support/folder.h"
#include "support/liar.h"
#include "sync/uplink.h"
#include "sync/wire.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const time_t day_s = 86400;
static const struct uplink_request get_place = {.method = "GET", .path = "/v1/logs/00?x=1", .token = "secret-token"};

// A server, its identity, and one answer for all.
struct scene {
    struct liar_reply reply; // body: static text here
    const char *text;
    const uint8_t *packed; // instead of `text`
    size_t packed_length;
    struct liar_request seen;
    char seen_body[64];
    atomic_int count;
    struct identity *identity;
    struct liar *liar;
    struct uplink *uplink;
};

static void answer(void *owner, const struct liar_request *request, struct liar_reply *reply)
{
    struct scene *scene = owner;

    scene->seen = *request;
    snprintf(scene->seen_body, sizeof scene->seen_body, "%.*s", (int)request->length, request->body);
    *reply = scene->reply;
    liar_say(reply, scene->reply.status, scene->text);
    if (scene->packed) {
        reply->body = realloc(reply->body, scene->packed_length);
        memcpy(reply->body, scene->packed, scene->packed_length);
        reply->length = scene->packed_length;
    }
    atomic_fetch_add(&scene->count, 1);
}

static struct identity *identity_of(time_t from, time_t until)
{
    return identity_make(&(struct identity_wish){.name = "127.0.0.1", .from = from, .until = until});
}

static void open_scene(struct scene *scene, struct identity *identity)
{
    *scene = (struct scene){.reply = {.status = 200}, .text = "{\"next\":1}", .identity = identity};
    scene->liar = liar_open(0, identity, answer, scene);
}

static void open_pinned(struct scene *scene)
{
    open_scene(scene, identity_of(0, day_s)); // a day in 1970: dates of a pinned one don't matter
    assert_int_equal(
        uplink_curl_open(liar_url(scene->liar), identity_key(scene->identity), clock_system(), &scene->uplink),
        STATUS_OK);
}

static void close_scene(struct scene *scene)
{
    if (scene->uplink) scene->uplink->ops->close(scene->uplink);
    liar_close(scene->liar);
    identity_free(scene->identity);
}

static void expect_trouble(struct scene *scene, enum uplink_trouble trouble)
{
    struct uplink_answer out;

    assert_int_equal(scene->uplink->ops->call(scene->uplink, &get_place, &out), STATUS_LATER);
    assert_int_equal(out.trouble, trouble);
}

static void test_call__brings_request_and_answer_across(void **state)
{
    const struct uplink_request request = {.method = "POST",
                                           .path = "/v1/logs/ab/records",
                                           .token = "secret-token",
                                           .body = "lines\n",
                                           .length = 6,
                                           .type = "application/x-ndjson",
                                           .is_gzip = true,
                                           .if_none_match = "\"5-x\""};
    struct scene scene;
    struct uplink_answer out;

    (void)state;
    open_pinned(&scene);
    snprintf(scene.reply.headers, sizeof scene.reply.headers, "ETag: \"6-y\"\r\nRetry-After: 7\r\n");
    scene.reply.status = 409;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(scene.uplink->ops->call(scene.uplink, &request, &out), STATUS_OK);
        assert_int_equal(out.status, 409);
        assert_int_equal(out.retry_after_s, 7);
        assert_string_equal(out.etag, "\"6-y\"");
        assert_string_equal(out.type, "application/json");
        assert_string_equal(out.body, "{\"next\":1}");
        assert_int_equal(out.length, 10);
        assert_true(out.sent_mono_ms <= out.answered_mono_ms);
    }
    assert_string_equal(scene.seen.method, "POST");
    assert_string_equal(scene.seen.path, "/v1/logs/ab/records");
    assert_string_equal(scene.seen.token, "secret-token");
    assert_string_equal(scene.seen.type, "application/x-ndjson");
    assert_string_equal(scene.seen.encoding, "gzip");
    assert_string_equal(scene.seen.if_none_match, "\"5-x\"");
    assert_string_equal(scene.seen_body, "lines\n");
    close_scene(&scene);
}

static void test_call__never_speaks_to_another_key(void **state)
{
    struct identity *other = identity_of(0, day_s);
    struct scene scene;
    unsigned short port;

    (void)state;
    open_scene(&scene, identity_of(0, day_s));
    assert_int_equal(uplink_curl_open(liar_url(scene.liar), identity_key(other), clock_system(), &scene.uplink),
                     STATUS_OK);
    expect_trouble(&scene, UPLINK_WRONG_KEY);
    expect_trouble(&scene, UPLINK_WRONG_KEY);
    assert_int_equal(scene.count, 0); // not one byte of a request
    close_scene(&scene);

    open_pinned(&scene); // somebody takes the server's place after the first call
    struct uplink_answer out;
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &get_place, &out), STATUS_OK);
    port = liar_port(scene.liar);
    liar_close(scene.liar);
    scene.liar = liar_open(port, other, answer, &scene);
    scene.count = 0;
    expect_trouble(&scene, UPLINK_WRONG_KEY);
    assert_int_equal(scene.count, 0);
    close_scene(&scene);
    identity_free(other);
}

// By authorities: from when, until when, for what name, and whether the authority is known.
static const struct {
    int from_day, until_day;
    const char *name;
    bool is_known;
    enum uplink_trouble trouble;
} certificates[] = {
    {-1, 1, "127.0.0.1", true, UPLINK_FINE},       {-3, -1, "127.0.0.1", true, UPLINK_EXPIRED},
    {1, 3, "127.0.0.1", true, UPLINK_NOT_YET},     {-1, 1, "office.example", true, UPLINK_WRONG_NAME},
    {-1, 1, "127.0.0.1", false, UPLINK_WRONG_KEY},
};

static void test_call__checks_certificates_of_authorities(void **state)
{
    time_t now = time(NULL);
    struct identity *authority =
        identity_make(&(struct identity_wish){.name = "Authority", .from = now - 9 * day_s, .until = now + 9 * day_s});
    struct identity *stranger =
        identity_make(&(struct identity_wish){.name = "Stranger", .from = now - 9 * day_s, .until = now + 9 * day_s});
    struct folder folder;
    char path[128];

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "authorities.pem", path);
    assert_int_equal(file_write(path, identity_pem(authority), strlen(identity_pem(authority)), 0600), STATUS_OK);
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++) {
        struct identity_wish wish = {.name = certificates[i].name,
                                     .from = now + certificates[i].from_day * day_s,
                                     .until = now + certificates[i].until_day * day_s,
                                     .issuer = certificates[i].is_known ? authority : stranger};
        struct scene scene;
        struct uplink_answer out;
        open_scene(&scene, identity_make(&wish));
        assert_int_equal(uplink_curl_open_trusting(liar_url(scene.liar), path, clock_system(), &scene.uplink),
                         STATUS_OK);
        assert_int_equal(scene.uplink->ops->call(scene.uplink, &get_place, &out),
                         certificates[i].trouble ? STATUS_LATER : STATUS_OK);
        assert_int_equal(out.trouble, certificates[i].trouble);
        assert_int_equal(scene.count, certificates[i].trouble ? 0 : 1);
        close_scene(&scene);
    }
    identity_free(stranger);
    identity_free(authority);
    folder_remove(&folder);
}

// What comes between a kiosk and its office.
static const struct {
    int status;
    const char *type, *text, *headers, *raw;
    size_t cut_after;
    bool is_silent;
    enum uplink_trouble trouble;
} answers[] = {
    {200, "text/html", "<html>WLAN-Anmeldung</html>", "", NULL, 0, false, UPLINK_NO_OFFICE},
    {302, "application/json", "{}", "Location: /login\r\n", NULL, 0, false, UPLINK_NO_OFFICE},
    {401, "text/html", "<html>Login</html>", "", NULL, 0, false, UPLINK_NO_OFFICE},
    {404, "text/plain", "no such page", "", NULL, 0, false, UPLINK_NO_OFFICE},
    {511, "text/html", "<html>Network Authentication Required</html>", "", NULL, 0, false, UPLINK_NO_OFFICE},
    {200, "application/jsonp", "{}", "", NULL, 0, false, UPLINK_NO_OFFICE},
    {304, "application/json", "", "", NULL, 0, false, UPLINK_NO_OFFICE}, // nobody asked whether it had changed
    {200, NULL, "not gzip", "Content-Encoding: gzip\r\n", NULL, 0, false, UPLINK_NO_OFFICE},
    {200, NULL, "", "", "SSH-2.0-OpenSSH_9.2\r\n", 0, false, UPLINK_NO_OFFICE},
    {200, NULL, "{\"next\":1}", "", NULL, 20, false, UPLINK_CUT_OFF},
    {200, NULL, "{\"next\":1}", "", NULL, 40, false, UPLINK_CUT_OFF},
    {200, NULL, "{\"next\":1}", "", NULL, 75, false, UPLINK_CUT_OFF},
    {200, NULL, "", "", NULL, 0, true, UPLINK_CUT_OFF},
};

static void test_call__tells_an_office_from_what_is_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct scene scene;
        open_pinned(&scene);
        scene.text = answers[i].text;
        scene.reply = (struct liar_reply){.status = answers[i].status,
                                          .type = answers[i].type,
                                          .raw = answers[i].raw,
                                          .cut_after = answers[i].cut_after,
                                          .is_silent = answers[i].is_silent};
        strcpy(scene.reply.headers, answers[i].headers);
        expect_trouble(&scene, answers[i].trouble);
        close_scene(&scene);
    }
}

// A proxy whose office is down may ask for patience, but says nothing else for it.
static void test_call__takes_patience_from_anybody(void **state)
{
    static const int statuses[] = {408, 413, 429, 500, 502, 503, 504};
    struct scene scene;
    struct uplink_answer out;

    (void)state;
    open_pinned(&scene);
    scene.reply.type = "text/html";
    scene.text = "{\"error\":\"revoked\"}";
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        scene.reply.status = statuses[i];
        assert_int_equal(scene.uplink->ops->call(scene.uplink, &get_place, &out), STATUS_OK);
        assert_int_equal(out.status, statuses[i]);
        assert_int_equal(out.length, 0);
        assert_string_equal(out.body, "");
    }
    close_scene(&scene);
}

static void test_call__takes_no_more_than_it_asked_for(void **state)
{
    struct uplink_request request = get_place;
    struct scene scene;
    struct uplink_answer out;

    (void)state;
    open_pinned(&scene);
    request.most_bytes = 9;
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &request, &out), STATUS_LATER);
    assert_int_equal(out.trouble, UPLINK_NO_OFFICE);
    request.most_bytes = 10;
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &request, &out), STATUS_OK);
    close_scene(&scene);
}

static void test_call__unpacks_no_bomb(void **state)
{
    enum { LARGE = 8 * 1024 * 1024 };
    char *spaces = calloc(1, LARGE);
    struct scene scene;
    uint8_t *packed = NULL;
    size_t length;

    (void)state;
    assert_non_null(spaces);
    memset(spaces, ' ', LARGE);
    assert_int_equal(wire_gzip(spaces, LARGE, &packed, &length), STATUS_OK);
    assert_true(length < 10000);
    open_pinned(&scene);
    scene.packed = packed;
    scene.packed_length = length;
    strcpy(scene.reply.headers, "Content-Encoding: gzip\r\n");
    expect_trouble(&scene, UPLINK_NO_OFFICE); // more than UPLINK_MOST_ANSWER_BYTES
    close_scene(&scene);
    free(spaces);
    free(packed);
}

static void test_call__says_when_nobody_is_there(void **state)
{
    struct scene scene;
    int fd = socket(AF_INET, SOCK_STREAM, 0), silent = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    struct uplink_request request = get_place;
    struct uplink_answer out;
    char url[64];

    (void)state;
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0); // taken, but nobody listens
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%u", ntohs(address.sin_port));
    assert_int_equal(uplink_curl_open(url, NULL, clock_system(), &scene.uplink), STATUS_OK);
    expect_trouble(&scene, UPLINK_UNREACHABLE);
    scene.uplink->ops->close(scene.uplink);
    assert_int_equal(uplink_curl_open("https://office.invalid", NULL, clock_system(), &scene.uplink), STATUS_OK);
    expect_trouble(&scene, UPLINK_NO_NETWORK);
    scene.uplink->ops->close(scene.uplink);

    address.sin_port = 0; // listens, but never answers
    assert_int_equal(bind(silent, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(silent, 4), 0);
    assert_int_equal(getsockname(silent, (struct sockaddr *)&address, &length), 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%u", ntohs(address.sin_port));
    assert_int_equal(uplink_curl_open(url, NULL, clock_system(), &scene.uplink), STATUS_OK);
    request.most_ms = 100;
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &request, &out), STATUS_LATER);
    assert_int_equal(out.trouble, UPLINK_TOO_SLOW);
    scene.uplink->ops->close(scene.uplink);
    close(fd);
    close(silent);
}

static void *cancel_soon(void *argument)
{
    struct scene *scene = argument;

    while (atomic_load(&scene->count) == 0) usleep(1000);
    scene->uplink->ops->cancel(scene->uplink);
    return NULL;
}

static void test_cancel__ends_the_call_under_way_and_all_later_ones(void **state)
{
    struct scene scene;
    struct uplink_answer out;
    pthread_t thread;

    (void)state;
    open_pinned(&scene);
    scene.reply.wait_ms = 60 * 1000;
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &scene), 0);
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &get_place, &out), STATUS_GONE);
    pthread_join(thread, NULL);
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &get_place, &out), STATUS_GONE);
    close_scene(&scene);
}

static void test_open__takes_no_address_a_pairing_would_not(void **state)
{
    struct uplink *uplink;

    (void)state;
    assert_int_equal(uplink_curl_open("http://192.168.1.10", NULL, clock_system(), &uplink), STATUS_INVALID);
    assert_int_equal(uplink_curl_open("file:///etc/passwd", NULL, clock_system(), &uplink), STATUS_INVALID);
}

static void test_header__can_not_be_smuggled_in(void **state)
{
    struct uplink_request request = get_place;
    struct scene scene;
    struct uplink_answer out;

    (void)state;
    open_pinned(&scene);
    request.token = "a\r\nX-Evil: 1";
    assert_int_equal(scene.uplink->ops->call(scene.uplink, &request, &out), STATUS_INVALID);
    assert_int_equal(scene.count, 0);
    close_scene(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_call__brings_request_and_answer_across),
        cmocka_unit_test(test_call__never_speaks_to_another_key),
        cmocka_unit_test(test_call__checks_certificates_of_authorities),
        cmocka_unit_test(test_call__tells_an_office_from_what_is_none),
        cmocka_unit_test(test_call__takes_patience_from_anybody),
        cmocka_unit_test(test_call__takes_no_more_than_it_asked_for),
        cmocka_unit_test(test_call__unpacks_no_bomb),
        cmocka_unit_test(test_call__says_when_nobody_is_there),
        cmocka_unit_test(test_cancel__ends_the_call_under_way_and_all_later_ones),
        cmocka_unit_test(test_open__takes_no_address_a_pairing_would_not),
        cmocka_unit_test(test_header__can_not_be_smuggled_in),
    };

    return cmocka_run_group_tests_name("uplink", tests, NULL, NULL);
}
