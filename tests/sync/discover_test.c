// discover, announce: how a kiosk finds its hub again under another address, over a real avahi-daemon.
#include "support/check.h"

#include "support/mdns.h"
#include "sync/announce.h"
#include "sync/discover.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, LOOK_MS = 50 };

static const uint8_t pin[PAIRING_PIN_BYTES] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t other_pin[PAIRING_PIN_BYTES] = {99};

static struct announce *announce(uint16_t port, const uint8_t of[PAIRING_PIN_BYTES])
{
    struct announce_config config = {.name = "Einlass Nord", .port = port, .clock = clock_system()};
    struct announce *made = NULL;

    memcpy(config.pin, of, PAIRING_PIN_BYTES);
    announce_avahi_open(&config, &made);
    return made;
}

// Until something is found (or, with is_there false, nothing is any more); whether it came to that.
static bool finds(struct discover *discover, bool is_there, char out[PAIRING_URL_SIZE])
{
    for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += LOOK_MS) {
        if (discover->ops->find(discover, pin, out) == is_there) return true;
        usleep(LOOK_MS * 1000);
    }
    return false;
}

static int open_network(void **state)
{
    const char *why = mdns_open((struct mdns **)state);

    if (why) printf("SKIPPED: %s\n", why);
    return 0;
}

static int close_network(void **state)
{
    mdns_close(*state);
    return 0;
}

static void test_discover__finds_what_has_the_pin_and_nothing_else(void **state)
{
    char url[PAIRING_URL_SIZE];
    struct discover *discover;

    if (!*state) skip();
    discover_avahi_open(clock_system(), NULL, &discover);
    struct announce *stranger = announce(7001, other_pin), *ours = announce(7002, pin);
    assert_true(finds(discover, true, url));
    assert_string_equal(url, "https://127.0.0.1:7002");
    for (int i = 0; i < 5; i++) { // both have one name, so one of them was given another: no mix-up by name
        assert_true(discover->ops->find(discover, pin, url));
        assert_string_equal(url, "https://127.0.0.1:7002");
    }
    announce_close(ours); // says goodbye
    assert_true(finds(discover, false, url));
    announce_close(stranger);
    discover->ops->close(discover);
}

static void test_discover__outlives_a_daemon_that_goes_away(void **state)
{
    char url[PAIRING_URL_SIZE];
    struct discover *discover;

    if (!*state) skip();
    mdns_stop_daemon(*state);
    discover_avahi_open(clock_system(), NULL, &discover);
    struct announce *ours = announce(7003, pin);
    assert_false(discover->ops->find(discover, pin, url));
    usleep(500 * 1000);
    assert_false(discover->ops->find(discover, pin, url));
    assert_null(mdns_start_daemon(*state)); // it boots later than we do
    assert_true(finds(discover, true, url));
    assert_string_equal(url, "https://127.0.0.1:7003");
    announce_close(ours);
    discover->ops->close(discover);
}

// What a process without D-Bus comes to; libdbus looks at the address once for all.
static int live_without_a_bus(void)
{
    char url[PAIRING_URL_SIZE];
    struct discover *discover;
    bool is_found = false;

    setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus", 1);
    discover_avahi_open(clock_system(), NULL, &discover);
    struct announce *ours = announce(7004, pin);
    for (int i = 0; i < 10; i++) {
        is_found = is_found || discover->ops->find(discover, pin, url);
        usleep(20 * 1000);
    }
    announce_close(ours);
    discover->ops->close(discover);
    return is_found ? 1 : 0;
}

static void test_discover__without_a_bus_finds_nothing_and_ends(void **state)
{
    int status = -1;

    (void)state;
    pid_t pid = fork();
    if (pid == 0) _exit(live_without_a_bus());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_discover__without_a_bus_finds_nothing_and_ends),
        cmocka_unit_test(test_discover__finds_what_has_the_pin_and_nothing_else),
        cmocka_unit_test(test_discover__outlives_a_daemon_that_goes_away),
    };
    return cmocka_run_group_tests(tests, open_network, close_network);
}
