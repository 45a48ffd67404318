// The clerk's calls: what the page asks, and that what it is told is whole.
#include "service/bureau.h"

#include "office/publish.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

// Asks as the clerk; the JSON is yours.
static json_t *ask(struct bureau *bureau, const char *request, const char *body, int status)
{
    struct web_answer answer;
    char headers[256];
    json_t *json;

    bureau_clerk_headers(bureau, headers);
    bureau_ask(bureau, request, headers, body, &answer);
    assert_int_equal(answer.status, status);
    json = json_loadb(answer.body ? answer.body : "", answer.length, 0, NULL);
    web_answer_free(&answer);
    return json;
}

static const char *text_at(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));

    assert_non_null(text);
    return text;
}

static void test_page__and_its_parts_refer_to_this_server_only(void **state)
{
    static const char *const paths[] = {"/",
                                        "/office.css",
                                        "/office.js",
                                        "/office_cards.js",
                                        "/office_clerks.js",
                                        "/office_draw.js",
                                        "/office_words.js"};
    struct bureau *bureau = *state;
    struct web_answer answer;
    char request[64], header[256];

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        snprintf(request, sizeof request, "GET %s", paths[i]);
        bureau_ask(bureau, request, "", NULL, &answer);
        assert_int_equal(answer.status, 200);
        assert_true(answer.length > 500);
        assert_null(strstr(answer.body, "https://"));
        assert_null(strstr(answer.body, "innerHTML"));
        assert_null(strstr(answer.body, "style=\""));
        assert_non_null(web_answer_header(&answer, "Content-Security-Policy", header));
        assert_non_null(strstr(header, "default-src 'none'"));
        assert_string_equal(web_answer_header(&answer, "X-Content-Type-Options", header), "nosniff");
        web_answer_free(&answer);
    }
}

static void test_page__is_refused_under_a_name_of_somebody_else(void **state)
{
    struct bureau *bureau = *state;
    struct web *web = web_open(service_port(bureau->service), false);
    struct web_answer answer = {0};

    web_says(web, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    web_answer_read(web, false, &answer);
    assert_int_equal(answer.status, 421);
    web_answer_free(&answer);
    web_close(web);
}

static void test_events__are_told_with_their_published_version(void **state)
{
    json_t *json = ask(*state, "GET /office/events", NULL, 200);
    const json_t *event = json_array_get(json_object_get(json, "events"), 0);

    assert_int_equal(json_integer_value(json_object_get(event, "number")), BUREAU_EVENT);
    assert_int_equal(json_integer_value(json_object_get(event, "published")), 1);
    assert_string_equal(text_at(json_object_get(event, "name"), "de"), "Netzwerktreffen");
    json_decref(json);
}

static void test_publish__again_without_a_change_keeps_the_version(void **state)
{
    json_t *json = ask(*state, "POST /office/events/7/publish", NULL, 200);

    assert_int_equal(json_integer_value(json_object_get(json, "version")), 1);
    assert_false(json_is_true(json_object_get(json, "new")));
    json_decref(json);
    json_decref(ask(*state, "POST /office/events/9/publish", NULL, 404));
    json_decref(ask(*state, "POST /office/events/-7/publish", NULL, 404));
}

static void test_pair__shows_an_offer_that_a_kiosk_can_take(void **state)
{
    struct bureau *bureau = *state;
    json_t *json =
        ask(bureau, "POST /office/devices", "{\"name\":\"Tür <Süd> & \\\"Ost\\\"\",\"event\":7,\"hub\":false}", 200);
    const char *text = text_at(json, "text");
    struct wire_enroll enroll = {.name = "x", .version = "1"};
    const json_t *rows = json_object_get(json, "qr");
    struct pairing_offer offer;
    struct web_answer answer;
    char *body;

    assert_int_equal(pairing_read_offer(text, strlen(text), &offer), STATUS_OK);
    assert_string_equal(offer.url, service_url(bureau->service));
    assert_int_equal(json_array_size(rows), strlen(json_string_value(json_array_get(rows, 0))));
    memcpy(enroll.code, offer.code, sizeof enroll.code);
    body = wire_write_enroll(&enroll);
    bureau_ask(bureau, "POST /v1/enroll", "", body, &answer);
    assert_int_equal(answer.status, 200);
    assert_non_null(strstr(answer.body, "T\xc3\xbcr <S\xc3\xbc"
                                        "d> & \\\"Ost\\\""));
    web_answer_free(&answer);
    free(body);
    json_decref(json);
}

static void test_pair__refuses_names_that_cannot_be_told_apart(void **state)
{
    json_decref(ask(*state, "POST /office/devices", "{\"name\":\"Nord\",\"event\":7}", 409));
    json_decref(ask(*state, "POST /office/devices", "{\"name\":\"\",\"event\":7}", 400));
    json_decref(ask(*state, "POST /office/devices", "{\"name\":\"a\\u202eb\",\"event\":7}", 400));
    json_decref(ask(*state, "POST /office/devices", "{\"event\":7}", 400));
    json_decref(ask(*state, "POST /office/devices", "{\"name\":\"x\",\"event\":-1}", 400));
    json_decref(ask(*state, "POST /office/devices", "[]", 400));
    json_decref(ask(*state, "POST /office/devices", "{\"name\":\"x\",\"name\":\"y\"}", 400));
}

static void test_devices__tell_who_was_revoked(void **state)
{
    json_t *json = ask(*state, "GET /office/devices", NULL, 200);
    const json_t *devices = json_object_get(json, "devices");
    size_t revoked_count = 0;

    assert_int_equal(json_array_size(devices), 2);
    for (size_t i = 0; i < 2; i++) {
        const json_t *device = json_array_get(devices, i);
        bool is_revoked = json_is_true(json_object_get(device, "revoked"));
        assert_int_equal(is_revoked, strcmp(text_at(device, "name"), "Gestohlen") == 0);
        revoked_count += is_revoked;
    }
    assert_int_equal(revoked_count, 1);
    json_decref(json);
}

static void test_reports__are_csv_for_a_spreadsheet(void **state)
{
    static const char *const kinds[] = {"headcount", "attendance", "conflicts", "walk-ins"};
    struct bureau *bureau = *state;
    struct web_answer answer;
    char headers[256], request[96], type[256];

    bureau_clerk_headers(bureau, headers);
    for (size_t i = 0; i < 4; i++) {
        snprintf(request, sizeof request, "GET /office/events/7/report/%s?format=csv", kinds[i]);
        bureau_ask(bureau, request, headers, NULL, &answer);
        assert_int_equal(answer.status, 200);
        assert_string_equal(web_answer_header(&answer, "Content-Type", type), "text/csv; charset=utf-8");
        assert_memory_equal(answer.body, "\xef\xbb\xbf\"", 4);
        web_answer_free(&answer);
    }
    json_decref(ask(bureau, "GET /office/events/7/report/salaries", NULL, 404));
    json_decref(ask(bureau, "GET /office/events/7/report/attendance?format=exe", NULL, 404));
}

static void test_logins__are_taken_away_by_another_one(void **state)
{
    struct bureau *bureau = *state;
    json_t *json;

    json_decref(
        ask(bureau, "POST /office/clerks", "{\"name\":\"Jörg E.\",\"password\":\"zehn Zeichen oder so\"}", 204));
    json = ask(bureau, "GET /office/clerks", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(json, "clerks")), 2);
    assert_string_equal(json_string_value(json_array_get(json_object_get(json, "clerks"), 0)), "Jörg E.");
    json_decref(json);
    json_decref(ask(bureau, "DELETE /office/clerks/J%C3%B6rg%20E.", NULL, 204));
    json_decref(ask(bureau, "DELETE /office/clerks/J%C3%B6rg%20E.", NULL, 404));
    json_decref(ask(bureau, "DELETE /office/clerks/sommer", NULL, 409)); // one's own: somebody is always left
    json = ask(bureau, "GET /office/clerks", NULL, 200);
    assert_int_equal(json_array_size(json_object_get(json, "clerks")), 1);
    json_decref(json);
}

static void test_login__is_slowed_down_after_wrong_passwords(void **state)
{
    struct bureau *bureau = *state;
    struct web_answer answer;
    char header[256];
    int status = 0;

    for (int i = 0; i < 40 && status != 429; i++) {
        bureau_ask(bureau, "POST /office/session", "X-Einlass: 1\r\n",
                   "{\"name\":\"sommer\",\"password\":\"falsch falsch\"}", &answer);
        status = answer.status;
        if (status == 429) assert_non_null(web_answer_header(&answer, "Retry-After", header));
        else assert_int_equal(status, 401);
        web_answer_free(&answer);
    }
    assert_int_equal(status, 429);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        bureau_test(test_page__and_its_parts_refer_to_this_server_only),
        bureau_test(test_page__is_refused_under_a_name_of_somebody_else),
        bureau_test(test_events__are_told_with_their_published_version),
        bureau_test(test_publish__again_without_a_change_keeps_the_version),
        bureau_test(test_pair__shows_an_offer_that_a_kiosk_can_take),
        bureau_test(test_pair__refuses_names_that_cannot_be_told_apart),
        bureau_test(test_devices__tell_who_was_revoked),
        bureau_test(test_reports__are_csv_for_a_spreadsheet),
        bureau_test(test_logins__are_taken_away_by_another_one),
        bureau_test(test_login__is_slowed_down_after_wrong_passwords),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
