#include "support/check.h"

#include "http/address.h"

static void test_address_host__takes_the_name_out_of_a_url(void **state)
{
    static const struct {
        const char *url, *host; // NULL: none
    } cases[] = {
        {"https://office.example:8443", "office.example"},
        {"https://office.example", "office.example"},
        {"https://office.example/einlass/", "office.example"},
        {"http://192.168.1.10:8080", "192.168.1.10"},
        {"https://[fe80::1]:8443", "fe80::1"},
        {"https://[fe80::1", NULL},
        {"https://", NULL},
        {"https://:8443", NULL},
        {"office.example", NULL},
        {"https://a-name-that-is-longer-than-the-room-for-it.example", NULL},
    };
    char host[32];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool is_url = address_host(cases[i].url, host, sizeof host);
        assert_int_equal(is_url, cases[i].host != NULL);
        if (is_url) assert_string_equal(host, cases[i].host);
    }
}

static void test_address_guess__keeps_an_address_that_was_named(void **state)
{
    char url[ADDRESS_URL_SIZE];

    (void)state;
    address_guess("192.168.4.1", 8443, true, url);
    assert_string_equal(url, "https://192.168.4.1:8443");
    address_guess("::1", 80, false, url);
    assert_string_equal(url, "http://[::1]:80");
}

static void test_address_guess__finds_one_for_every_address(void **state)
{
    char url[ADDRESS_URL_SIZE], host[ADDRESS_URL_SIZE];

    (void)state;
    address_guess(NULL, 8443, true, url);
    assert_true(address_host(url, host, sizeof host));
    assert_string_not_equal(host, "0.0.0.0");
    assert_string_equal(url + strlen(url) - 5, ":8443");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_address_host__takes_the_name_out_of_a_url),
        cmocka_unit_test(test_address_guess__keeps_an_address_that_was_named),
        cmocka_unit_test(test_address_guess__finds_one_for_every_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
