#include "support/check.h"

#include "http/route.h"

static const struct http_route routes[] = {
    {.method = HTTP_GET, .path = "/"},
    {.method = HTTP_GET, .path = "/logs/{log}"},
    {.method = HTTP_POST, .path = "/logs/{log}/records"},
    {.method = HTTP_GET, .path = "/logs/latest"},
    {.method = HTTP_DELETE, .path = "/logs/{log}"},
    {.method = HTTP_GET, .path = "/{a}/{b}/{c}/d"},
};

static const struct {
    enum http_method method;
    const char *path;
    int route; // -1: none
    unsigned methods;
    const char *parts[HTTP_MOST_PARTS];
} cases[] = {
    {HTTP_GET, "/", 0, 1 << HTTP_GET, {"", "", ""}},
    {HTTP_POST, "/", -1, 1 << HTTP_GET, {"", "", ""}},
    {HTTP_GET, "", -1, 0, {"", "", ""}},
    {HTTP_GET, "//", -1, 0, {"", "", ""}},
    {HTTP_GET, "logs/a", -1, 0, {"", "", ""}},
    {HTTP_GET, "http://elsewhere/logs/a", -1, 0, {"", "", ""}},
    {HTTP_GET, "*", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/abc", 1, 1 << HTTP_GET | 1 << HTTP_DELETE, {"abc", "", ""}},
    {HTTP_GET, "/logs/latest", 1, 1 << HTTP_GET | 1 << HTTP_DELETE, {"latest", "", ""}}, // the first that fits
    {HTTP_DELETE, "/logs/abc", 4, 1 << HTTP_GET | 1 << HTTP_DELETE, {"abc", "", ""}},
    {HTTP_POST, "/logs/abc/records", 2, 1 << HTTP_POST, {"abc", "", ""}},
    {HTTP_GET, "/logs/abc/", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs", -1, 0, {"", "", ""}},
    {HTTP_GET, "/LOGS/abc", -1, 0, {"", "", ""}},
    {HTTP_GET, "/%6cogs/abc", -1, 0, {"", "", ""}}, // a path has one spelling
    {HTTP_GET, "/logs/%2e%2E%2f", 1, 1 << HTTP_GET | 1 << HTTP_DELETE, {"../", "", ""}},
    {HTTP_GET, "/logs/%", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/%4", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/%4g", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/%00", -1, 0, {"", "", ""}},
    {HTTP_GET, "/logs/a%7F", -1, 0, {"", "", ""}},
    {HTTP_GET, "/x/y/z/d", 5, 1 << HTTP_GET, {"x", "y", "z"}},
    {HTTP_GET, "/x//z/d", -1, 0, {"", "", ""}},
};

static void test_route__is_found_by_its_path(void **state)
{
    struct route_match match;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        route_find(routes, sizeof routes / sizeof *routes, cases[i].method, cases[i].path, &match);
        int found = match.route ? (int)(match.route - routes) : -1;
        if (found != cases[i].route || match.methods != cases[i].methods)
            fail_msg("%s: %d, methods %u", cases[i].path, found, match.methods);
        for (size_t part = 0; part < HTTP_MOST_PARTS; part++)
            assert_string_equal(match.parts[part], cases[i].parts[part]);
    }
}

static void test_route__has_parts_of_bounded_length(void **state)
{
    char path[6 + HTTP_PART_SIZE + 1] = "/logs/";
    struct route_match match;

    (void)state;
    memset(path + 6, 'x', HTTP_PART_SIZE - 1);
    route_find(routes, sizeof routes / sizeof *routes, HTTP_GET, path, &match);
    assert_non_null(match.route);
    assert_int_equal(strlen(match.parts[0]), HTTP_PART_SIZE - 1);
    path[6 + HTTP_PART_SIZE - 1] = 'x';
    route_find(routes, sizeof routes / sizeof *routes, HTTP_GET, path, &match);
    assert_null(match.route);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_route__is_found_by_its_path),
        cmocka_unit_test(test_route__has_parts_of_bounded_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
