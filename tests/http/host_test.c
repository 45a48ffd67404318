#include "support/check.h"

#include "http/host.h"

static const char *const names[] = {"office.example", "kiosk-nord"};

static const struct {
    const char *host;
    bool is_ours;
} cases[] = {
    {"127.0.0.1", true},
    {"192.168.4.1:8080", true},
    {"[::1]", true},
    {"[fe80::1]:443", true},
    {"localhost", true},
    {"LOCALHOST:1", true},
    {"office.example", true},
    {"Office.Example:8443", true},
    {"kiosk-nord:80", true},
    {"kiosk-nord:", true}, // RFC 3986 allows an empty port
    {NULL, false},
    {"", false},
    {":80", false},
    {"evil.example", false},
    {"office.example.evil.example", false},
    {"evil.example:8080", false},
    {"office.example:80x", false},
    {"office.example:123456", false},
    {"office.example:80:80", false},
    {"office.example.", false},
    {"localhost@evil.example", false},
    {"127.0.0.1.evil.example", false},
    {"127.1", false}, // browsers write all four
    {"0x7f.0.0.1", false},
    {"::1", false},
    {"[::1", false},
    {"[::1]x", false},
    {"[evil.example]", false},
    {"[]", false},
    {"[127.0.0.1]", false},
};

static void test_host__is_an_address_or_a_name_of_ours(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (host_is_ours(cases[i].host, names, sizeof names / sizeof *names) != cases[i].is_ours)
            fail_msg("%s", cases[i].host ? cases[i].host : "none");
}

static void test_host__may_be_of_any_length(void **state)
{
    char host[70000];

    (void)state;
    for (size_t length = 1; length < sizeof host; length = length * 2 + 1) {
        memset(host, 'o', length);
        host[length] = '\0';
        assert_false(host_is_ours(host, names, sizeof names / sizeof *names));
        host[0] = '[';
        assert_false(host_is_ours(host, names, sizeof names / sizeof *names));
        host[length - 1] = ']';
        assert_false(host_is_ours(host, names, sizeof names / sizeof *names));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host__is_an_address_or_a_name_of_ours),
        cmocka_unit_test(test_host__may_be_of_any_length),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
