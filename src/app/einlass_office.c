// einlass office: the server for kiosks, boards and clerks.
#define LOG_MODULE "office"

#include "app/einlass_command.h"

#include "app/notify.h"
#include "app/office_probe.h"

#include "base/log.h"
#include "service/service.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TURNS_PER_WATCHDOG = 4 };

static const struct option office_options[] = {
    OPTION_BOOK,
    OPTION_DATABASE,
    {.name = "listen", .value = "ADDR:PORT", .help = "usually :8443, at every address; with --plain 127.0.0.1:8080"},
    {.name = "url", .value = "URL", .help = "how kiosks reach it; usually this machine's first address"},
    {.name = "certificate", .value = "FILE", .help = "PEM, with --key; usually one is made, and kiosks pin it"},
    {.name = "key", .value = "FILE", .help = "the certificate's key, PEM"},
    {.name = "plain", .help = "without TLS: on this machine only, e.g. behind a reverse proxy"},
    {.name = "hub", .help = "no book: gathers other kiosks' records where there is no internet (needs --database)"},
    {.name = "upstream",
     .value = "FILE",
     .help = "a hub's pairing with the office; usually as `einlass hub join` made it"},
    {.name = "least-version", .value = "VERSION", .help = "older kiosks are asked for an update"},
    {0},
};

struct start { // what the words become
    char database[PATH_MAX], upstream[PATH_MAX], address[64];
    bool is_named; // by --database, which may hold a password: never printed
    struct certificate *certificate;
    struct service_config config;
};

// "192.168.1.10:8443", "[::1]:8443", ":8443"
static bool read_listen(const char *text, char address_out[64], uint16_t *port_out)
{
    const char *colon = strrchr(text, ':'), *begin = text, *end = colon;
    char *rest;

    if (!colon || !colon[1]) return false;
    unsigned long port = strtoul(colon + 1, &rest, 10);
    if (*rest || port > UINT16_MAX) return false;
    if (*begin == '[') {
        begin++;
        if (end == begin || *--end != ']') return false;
    }
    if ((size_t)(end - begin) >= 64) return false;
    memcpy(address_out, begin, (size_t)(end - begin));
    address_out[end - begin] = '\0';
    *port_out = (uint16_t)port;
    return true;
}

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static int say(const char *words)
{
    fprintf(stderr, "einlass: %s\nSee: einlass office --help\n", words);
    return EXIT_USAGE;
}

static int read_words(const struct arguments *arguments, struct start *start)
{
    bool is_plain = argument(arguments, "plain"), is_hub = argument(arguments, "hub");
    const char *listen = argument(arguments, "listen"), *url = argument(arguments, "url");

    if (!listen) listen = is_plain ? "127.0.0.1:8080" : ":8443";
    if (!read_listen(listen, start->address, &start->config.port))
        return say("--listen is an address and a port, e.g. 192.168.1.10:8443 or :8443");
    if (is_plain && !is_loopback(start->address))
        return say("without TLS it listens on this machine only: --listen 127.0.0.1:8080");
    if (url && strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
        return say("--url begins with https://");
    if (!argument(arguments, "certificate") != !argument(arguments, "key"))
        return say("--certificate and --key go together");
    if (is_plain && argument(arguments, "key")) return say("--plain needs no certificate");
    if (is_hub && !argument(arguments, "database")) return say("a hub has no book; name its records with --database");
    records_where(arguments, start->database);
    start->config.database = start->database;
    start->is_named = argument(arguments, "database");
    start->config.book = is_hub ? NULL : work_book_path(arguments);
    start->config.address = start->address[0] ? start->address : NULL;
    start->config.url = url;
    start->config.upstream = is_hub ? upstream_where(arguments, start->upstream) : NULL;
    start->config.least_version = argument(arguments, "least-version");
    start->config.clock = clock_system();
    return EXIT_FINE;
}

// A given one is for those who have a name and an authority; ours is pinned.
static int take_certificate(const struct arguments *arguments, struct start *start)
{
    const char *path = argument(arguments, "certificate");
    enum status status;

    if (argument(arguments, "plain")) return EXIT_FINE;
    if (path) status = certificate_load(argument(arguments, "key"), path, &start->certificate);
    else
        status = certificate_keep(strstr(start->database, "://") ? work_book_path(arguments) : start->database,
                                  &start->certificate);
    start->config.certificate = start->certificate;
    start->config.is_pinned = !path;
    return status == STATUS_OK ? EXIT_FINE : command_failed("can't use the certificate", status);
}

static void welcome(const struct service *service, const struct start *start)
{
    printf("The %s is at %s\n", start->config.book ? "office" : "hub", service_url(service));
    if (service_setup_code(service)[0])
        printf("It has no login yet. Make one on that page, with this code: %s\n(or here: einlass clerk add NAME%s)\n",
               service_setup_code(service), start->is_named ? " --database, as here" : "");
    if (start->config.is_pinned && start->certificate)
        puts(
            "Browsers warn of its certificate, as this office made it itself: go on there. Kiosks know it by pairing.");
    puts("Ctrl-C ends it.");
    (void)fflush(stdout);
}

// As kiosks ask it, but from here: by loopback, unless it listens at one address only.
static void open_uplink(const struct start *start, uint16_t port, struct uplink **out)
{
    const char *scheme = start->certificate ? "https" : "http";
    const char *address = start->address[0] ? start->address : "127.0.0.1";
    bool is_v6 = strchr(address, ':') != NULL;
    char url[128];

    snprintf(url, sizeof url, "%s://%s%s%s:%u", scheme, is_v6 ? "[" : "", address, is_v6 ? "]" : "", port);
    if (uplink_curl_open(url, start->certificate ? start->certificate->pin : NULL, start->config.clock, out) !=
        STATUS_OK)
        *out = NULL;
}

// Until a signal says so. A service manager that watches us hears from us only while we answer.
static void wait_for_end(const struct start *start, uint16_t port, struct notify *notify, const sigset_t *signals)
{
    struct clock *clock = start->config.clock;
    int64_t step_ms = notify->ops->watchdog_ms(notify) / TURNS_PER_WATCHDOG;
    struct timespec step = {.tv_sec = step_ms / 1000, .tv_nsec = step_ms % 1000 * 1000000};
    struct office_probe probe;
    struct uplink *uplink = NULL;
    bool was_hung = false;
    int which;

    notify->ops->say(notify, "READY=1");
    if (step_ms == 0) {
        while (sigwait(signals, &which) != 0) {}
        return;
    }
    open_uplink(start, port, &uplink);
    office_probe_begin(&probe, clock->ops->mono_ms(clock));
    while (sigtimedwait(signals, NULL, &step) < 0) {
        bool is_hung = uplink && office_probe_is_hung(&probe, uplink, clock->ops->mono_ms(clock));
        if (is_hung && !was_hung) log_error("hangs: nobody is answered any more; the service manager will restart us");
        if (was_hung && !is_hung) log_info("answers again");
        was_hung = is_hung;
        if (!is_hung) notify->ops->say(notify, "WATCHDOG=1");
    }
    if (uplink) uplink->ops->close(uplink);
}

static int serve(const struct start *start)
{
    struct service *service = NULL;
    struct notify *notify;
    sigset_t signals;
    enum status status;

    // Blocked in every thread from here on: only the wait below takes them.
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN); // a peer that went away is no reason to end
    notify_systemd_open(&notify);
    status = service_open(&start->config, &service);
    if (status == STATUS_OK) {
        welcome(service, start);
        wait_for_end(start, service_port(service), notify, &signals);
    }
    service_close(service);
    notify_close(notify);
    if (status == STATUS_OK) return EXIT_FINE;
    if (status != STATUS_LATER) return command_failed("can't open the office", status);
    fputs("einlass: can't open the office: the lines above say why; see to it and try again\n", stderr);
    return EXIT_FAILED;
}

static int office(const struct arguments *arguments)
{
    struct start start = {0};
    struct work work = {0};
    int code = read_words(arguments, &start);

    if (code == EXIT_FINE && start.config.book) code = work_open(arguments, &work); // says it better if there is none
    work_close(&work);
    if (code == EXIT_FINE) code = take_certificate(arguments, &start);
    if (code == EXIT_FINE) code = serve(&start);
    certificate_close(start.certificate);
    return code;
}

const struct command command_office = {
    .noun = "office",
    .verb = "",
    .summary = "Run the office: kiosks bring their records, clerks and boards see them.",
    .options = office_options,
    .run = office,
};
