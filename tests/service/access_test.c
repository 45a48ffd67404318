// Every route × everybody: who gets which answer. A route that isn't in this table fails the test.
#include "service/bureau.h"

#include "board/board.h"
#include "service/boards.h"
#include "service/call.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOG "0123456789abcdef0123456789abcdef"
#define HASH LOG LOG
#define KIOSK_ONLY(ok)                                                                                                 \
    {                                                                                                                  \
        401, 401, ok, 403, 401, 401                                                                                    \
    }
#define CLERK_ONLY(ok)                                                                                                 \
    {                                                                                                                  \
        401, 401, 401, 401, ok, ok                                                                                     \
    }
#define CLERK_CHANGES(ok)                                                                                              \
    {                                                                                                                  \
        403, 403, 403, 403, ok, 403                                                                                    \
    } // without the header nobody is even looked at
#define EVERYBODY(ok)                                                                                                  \
    {                                                                                                                  \
        ok, ok, ok, ok, ok, ok                                                                                         \
    }

// CLERK_ELSEWHERE: another site's page, open in the browser of a clerk who is logged in here.
enum who { NOBODY, BOARD, KIOSK, REVOKED, CLERK, CLERK_ELSEWHERE, WHO_COUNT };
static const char *const names[] = {"nobody", "board", "kiosk", "revoked kiosk", "clerk", "clerk, another site's page"};

static const struct rule {
    const char *route, *request, *body;
    int expected[WHO_COUNT];
} rows[] = {
    {"/v1/enroll", "POST /v1/enroll", "{}", EVERYBODY(400)},
    {"/v1/logs/{log}", "GET /v1/logs/" LOG, NULL, KIOSK_ONLY(200)},
    {"/v1/logs/{log}/records", "POST /v1/logs/" LOG "/records", "{}\n", KIOSK_ONLY(400)},
    {"/v1/blobs/{hash}", "PUT /v1/blobs/" HASH, "{}", KIOSK_ONLY(400)},
    {"/v1/events/{event}", "GET /v1/events/7", NULL, KIOSK_ONLY(200)},
    {"/v1/events/{event}", "GET /v1/events/8", NULL, KIOSK_ONLY(404)}, // was published, and is not this kiosk's
    {"/v1/feed", "GET /v1/feed?event=7", NULL, KIOSK_ONLY(200)},
    {"/v1/feed", "GET /v1/feed?event=8", NULL, KIOSK_ONLY(404)},
    {"/v1/feed", "GET /v1/feed", NULL, KIOSK_ONLY(404)},
    {"/", "GET /", NULL, EVERYBODY(200)},
    {"/office.css", "GET /office.css", NULL, EVERYBODY(200)},
    {"/office.js", "GET /office.js", NULL, EVERYBODY(200)},
    {"/office_cards.js", "GET /office_cards.js", NULL, EVERYBODY(200)},
    {"/office_clerks.js", "GET /office_clerks.js", NULL, EVERYBODY(200)},
    {"/office_draw.js", "GET /office_draw.js", NULL, EVERYBODY(200)},
    {"/office_words.js", "GET /office_words.js", NULL, EVERYBODY(200)},
    {"/icon.svg", "GET /icon.svg", NULL, EVERYBODY(200)},
    {"/office/session", "GET /office/session", NULL, EVERYBODY(200)},
    {"/office/session", "POST /office/session", "{}", {403, 403, 403, 403, 400, 403}},
    {"/office/setup", "POST /office/setup", "{}", EVERYBODY(403)},
    {"/office/clerks", "GET /office/clerks", NULL, CLERK_ONLY(200)},
    {"/office/clerks/{name}", "DELETE /office/clerks/keiner", NULL, CLERK_CHANGES(404)},
    {"/office/clerks", "POST /office/clerks", "{}", CLERK_CHANGES(400)},
    {"/office/events", "GET /office/events", NULL, CLERK_ONLY(200)},
    {"/office/events/{event}/publish", "POST /office/events/7/publish", NULL, CLERK_CHANGES(200)},
    {"/office/events/{event}/conflicts", "GET /office/events/7/conflicts", NULL, CLERK_ONLY(200)},
    {"/office/events/{event}/report/{kind}", "GET /office/events/7/report/attendance", NULL, CLERK_ONLY(200)},
    {"/office/events/{event}/board", "GET /office/events/7/board", NULL, CLERK_ONLY(200)},
    {"/office/devices", "GET /office/devices", NULL, CLERK_ONLY(200)},
    {"/office/devices", "POST /office/devices", "{}", CLERK_CHANGES(400)},
    {"/office/devices/{name}", "DELETE /office/devices/Keiner", NULL, CLERK_CHANGES(404)},
    {"/office/alarms", "GET /office/alarms", NULL, CLERK_ONLY(200)},
    {"/board/{event}/", "GET /board/7/", NULL, EVERYBODY(200)},
    {"/board/{event}/session", "POST /board/7/session", "{}", EVERYBODY(401)},
    {"/board/{event}/live", "GET /board/7/live", NULL, {401, 200, 401, 401, 200, 200}},
    {"/board/{event}/numbers", "GET /board/7/numbers", NULL, {401, 200, 401, 401, 200, 200}},
    {"/board/{event}/numbers", "GET /board/8/numbers", NULL, CLERK_ONLY(200)}, // not what the phone was shown
    {"/board/{event}/{file}", "GET /board/7/board.js", NULL, EVERYBODY(200)},
    {"/office/session", "DELETE /office/session", NULL, CLERK_CHANGES(204)}, // the last one: the clerk is gone
};

static void write_headers(const struct bureau *bureau, enum who who, char out[256])
{
    out[0] = '\0';
    if (who == BOARD) snprintf(out, 256, "Cookie: %s\r\n", bureau->board_cookie);
    if (who == KIOSK) snprintf(out, 256, "Authorization: Bearer %s\r\n", bureau->kiosk_token);
    if (who == REVOKED) snprintf(out, 256, "Authorization: Bearer %s\r\n", bureau->revoked_token);
    if (who == CLERK) bureau_clerk_headers(bureau, out);
    if (who == CLERK_ELSEWHERE) snprintf(out, 256, "Cookie: clerk=%s\r\n", bureau->clerk_token);
}

// A stream never ends: its head is enough.
static int ask_status(struct bureau *bureau, const struct rule *row, const char *headers)
{
    char request[512], head[64] = "";
    struct web_answer answer;
    struct web *web;
    int status;

    if (!strstr(row->request, "/live")) {
        bureau_ask(bureau, row->request, headers, row->body, &answer);
        status = answer.status;
        web_answer_free(&answer);
        return status;
    }
    web = web_open(service_port(bureau->service), false);
    snprintf(request, sizeof request, "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n", row->request, headers);
    web_says(web, request);
    web_hear(web, head, sizeof head - 1);
    web_close(web);
    return sscanf(head, "HTTP/1.1 %d", &status) == 1 ? status : 0;
}

static void test_access__is_as_the_table_says(void **state)
{
    struct bureau *bureau = *state;
    char headers[256];
    int wrong = 0;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (enum who who = NOBODY; who < WHO_COUNT; who++) {
            bool is_gone = i == sizeof rows / sizeof *rows - 1 && who == CLERK_ELSEWHERE;
            write_headers(bureau, who, headers);
            int status = ask_status(bureau, &rows[i], headers);
            if (status == rows[i].expected[who] || is_gone) continue;
            print_message("%s, %s: %d instead of %d\n", rows[i].request, names[who], status, rows[i].expected[who]);
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static bool is_tested(const struct service_route *route)
{
    static const char *const methods[] = {"GET ", "POST ", "PUT ", "DELETE "};
    const char *method = methods[route->method];

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].route, route->path) == 0 && strncmp(rows[i].request, method, strlen(method)) == 0)
            return true;
    return false;
}

static void test_access__of_every_route_is_tested(void **state)
{
    (void)state;
    for (size_t i = 0; i < service_route_count; i++)
        if (!is_tested(&service_routes[i])) fail_msg("%s is not in this table", service_routes[i].path);
}

static void test_access__by_the_boards_cookie_is_for_its_event_only(void **state)
{
    struct bureau *bureau = *state;
    struct web_answer answer;
    char headers[256];

    write_headers(bureau, BOARD, headers);
    for (int event = 6; event <= 8; event++) {
        char request[64];
        snprintf(request, sizeof request, "GET /board/%d/numbers", event);
        bureau_ask(bureau, request, headers, NULL, &answer);
        assert_int_equal(answer.status, event == BUREAU_EVENT ? 200 : 401);
        web_answer_free(&answer);
    }
}

// Two processes of one office are asked for an event's first link at once: both give the same.
static void test_access__by_a_boards_link_is_the_same_from_every_process(void **state)
{
    enum { PROCESSES = 4, EVENTS = 20, OTHERS = 100 };
    struct folder folder;
    char path[128];
    char tokens[PROCESSES][EVENTS][BOARD_TOKEN_SIZE];
    int ends[PROCESSES][2];
    struct inbox *inbox = NULL;

    (void)state;
    folder_make(&folder);
    folder_file(&folder, "records", path);
    assert_int_equal(inbox_open(path, clock_system(), &inbox), STATUS_OK); // the tables are there
    inbox_close(inbox);
    for (size_t i = 0; i < PROCESSES; i++) {
        assert_int_equal(pipe(ends[i]), 0);
        if (fork() > 0) continue;
        bool is_done = inbox_open(path, clock_system(), &inbox) == STATUS_OK;
        for (uint32_t event = 0; event < EVENTS && is_done; event++)
            is_done = boards_token(inbox, OTHERS + event, tokens[i][event]) == STATUS_OK;
        if (is_done) is_done = write(ends[i][1], tokens[i], sizeof tokens[i]) == (ssize_t)sizeof tokens[i];
        _exit(is_done ? 0 : 1);
    }
    for (size_t i = 0; i < PROCESSES; i++) {
        close(ends[i][1]);
        assert_int_equal(read(ends[i][0], tokens[i], sizeof tokens[i]), sizeof tokens[i]);
        close(ends[i][0]);
        wait(NULL);
        assert_memory_equal(tokens[i], tokens[0], sizeof tokens[0]);
    }
    folder_remove(&folder);
}

// Who was revoked while its call waits for news hears that instead of news.
static void test_access__ends_for_a_kiosk_that_waits(void **state)
{
    struct bureau *bureau = *state;
    char headers[256], request[512], cursor[STORE_CURSOR_SIZE] = "";
    struct web_answer answer;

    write_headers(bureau, KIOSK, headers);
    bureau_ask(bureau, "GET /v1/feed?event=7", headers, NULL, &answer);
    assert_int_equal(sscanf(strstr(answer.body, "\"cursor\":"), "\"cursor\":\"%63[^\"]", cursor), 1);
    web_answer_free(&answer);
    struct web *web = web_open(service_port(bureau->service), false);
    snprintf(request, sizeof request, "GET /v1/feed?event=7&wait=25&after=%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n",
             cursor, headers);
    web_says(web, request);
    assert_true(web_is_quiet(web, 100));
    assert_int_equal(inbox_revoke(bureau->inbox, "Nord"), STATUS_OK); // as `einlass kiosk revoke` does it
    assert_true(web_waits_for(web, "revoked"));
    web_close(web);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(test_access__is_as_the_table_says),
        cmocka_unit_test(test_access__of_every_route_is_tested),
        bureau_test(test_access__by_the_boards_cookie_is_for_its_event_only),
        cmocka_unit_test(test_access__by_a_boards_link_is_the_same_from_every_process),
        bureau_test(test_access__ends_for_a_kiosk_that_waits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
