#include "bench/crowd.h"

#include "bench/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FIRST_NONSENSE = CROWD_PHONES + CROWD_SILENT,
    PLACES = FIRST_NONSENSE + 400,
    HEARD_SIZE = 32 * 1024,
    TICK_MS = 2
};

struct caller {
    int fd;        // -1: none
    uint32_t seen; // phones: persons inside, as it knows
    size_t heard;
    char *text; // phones: [HEARD_SIZE], what came since the last whole event
};

struct hall {
    struct crowd *crowd;
    int epoll;
    struct caller callers[PLACES];
    uint64_t calls; // of nonsense
};

static void hang_up(struct hall *hall, size_t place)
{
    struct caller *caller = &hall->callers[place];

    if (caller->fd < 0) return;
    if (place < CROWD_PHONES) atomic_fetch_sub(&hall->crowd->phones, 1);
    else if (place < FIRST_NONSENSE) atomic_fetch_sub(&hall->crowd->silent, 1);
    close(caller->fd);
    caller->fd = -1;
}

// From 127.0.N.1: each kind of caller has some addresses, as behind a hall's routers.
static bool call(struct hall *hall, size_t place, unsigned from)
{
    struct caller *caller = &hall->callers[place];
    struct sockaddr_in here = {.sin_family = AF_INET}, there = {.sin_family = AF_INET};
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = place};
    const int yes = 1;

    here.sin_addr.s_addr = htonl(0x7f000001u | from << 8);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    there.sin_port = htons(hall->crowd->port);
    caller->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (caller->fd < 0) return false;
    setsockopt(caller->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(caller->fd, (struct sockaddr *)&here, sizeof here) != 0 ||
        connect(caller->fd, (struct sockaddr *)&there, sizeof there) != 0) {
        close(caller->fd);
        caller->fd = -1;
        return false;
    }
    fcntl(caller->fd, F_SETFL, O_NONBLOCK);
    epoll_ctl(hall->epoll, EPOLL_CTL_ADD, caller->fd, &event);
    if (place < CROWD_PHONES) atomic_fetch_add(&hall->crowd->phones, 1);
    else if (place < FIRST_NONSENSE) atomic_fetch_add(&hall->crowd->silent, 1);
    return true;
}

static void say(const struct caller *caller, const char *bytes, size_t length)
{
    (void)!write(caller->fd, bytes, length); // whoever doesn't take it, didn't
}

// ---- phones ----

static void watch(struct hall *hall, size_t place)
{
    struct caller *caller = &hall->callers[place];
    char request[512];

    if (!call(hall, place, 10 + (unsigned)place % 4)) return;
    caller->heard = 0;
    int length =
        snprintf(request, sizeof request, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n", hall->crowd->cookie);
    say(caller, request, (size_t)length);
}

// Everybody who entered since this phone's last news reached it now.
static void note(struct hall *hall, struct caller *caller, uint32_t inside)
{
    int64_t now_ns = bench_now_ns();
    bool is_first = caller->seen == 0; // what was there before it came says nothing

    if (inside >= CROWD_MOST_ENTRIES) return;
    for (uint32_t n = caller->seen + 1; n <= inside && !is_first; n++) {
        int64_t ms = (now_ns - atomic_load(&hall->crowd->entered_ns[n])) / 1000000;
        atomic_fetch_add(&hall->crowd->updates[ms > CROWD_MOST_MS ? CROWD_MOST_MS : ms < 0 ? 0 : ms], 1);
    }
    caller->seen = inside;
}

static void hear(struct hall *hall, size_t place)
{
    static const char key[] = "\"inside\":";
    struct caller *caller = &hall->callers[place];
    ssize_t length = read(caller->fd, caller->text + caller->heard, HEARD_SIZE - 1 - caller->heard);

    if (length <= 0) {
        if (length == 0 || errno != EAGAIN) hang_up(hall, place);
        return;
    }
    caller->heard += (size_t)length;
    caller->text[caller->heard] = '\0';
    char *begin = caller->text, *end;
    while ((end = strstr(begin, "\n\n"))) {
        char *inside = strstr(begin, key);
        if (inside && inside < end) note(hall, caller, (uint32_t)strtoul(inside + strlen(key), NULL, 10));
        begin = end + 2;
    }
    caller->heard -= (size_t)(begin - caller->text);
    memmove(caller->text, begin, caller->heard);
    if (caller->heard == HEARD_SIZE - 1) caller->heard = 0;
}

// ---- nonsense ----

static void babble(struct hall *hall, struct caller *caller)
{
    static const char *const words[] = {
        "GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /numbers HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: einlass-board=00000000000000000000000000000000\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
        "POST /session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 12\r\n\r\n{\"token\":[[[",
        "POST /session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999\r\n\r\nxxxx",
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello at a plain port",
        "BREW /pot HTCPCP/1.0\r\n\r\n",
        "\xff\xfe\xfd\xfc\r\n\r\n\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes=0-",
    };
    const char *line = words[hall->calls++ % (sizeof words / sizeof *words)];

    say(caller, line, strlen(line));
    atomic_fetch_add(&hall->crowd->sent, 1);
}

// One of the places for nonsense at a time, round and round: the call that was there is ended if it wasn't yet.
static void call_nonsense(struct hall *hall)
{
    size_t place = FIRST_NONSENSE + hall->calls % (PLACES - FIRST_NONSENSE);

    hang_up(hall, place);
    if (call(hall, place, 40 + (unsigned)place % 8)) babble(hall, &hall->callers[place]);
    else hall->calls++;
}

static void hear_anything(struct hall *hall, size_t place)
{
    char bytes[4096];
    ssize_t length = read(hall->callers[place].fd, bytes, sizeof bytes);

    if (length > 0 && place >= FIRST_NONSENSE) atomic_fetch_add(&hall->crowd->answered, 1);
    if (place >= FIRST_NONSENSE || length == 0 || (length < 0 && errno != EAGAIN)) hang_up(hall, place);
}

// ---- all of them ----

static void take_places(struct hall *hall)
{
    for (size_t i = 0; i < CROWD_PHONES; i++)
        if (hall->callers[i].fd < 0) watch(hall, i);
    for (size_t i = CROWD_PHONES; i < FIRST_NONSENSE; i++) // who is thrown out comes again
        if (hall->callers[i].fd < 0) (void)call(hall, i, 20 + (unsigned)i % 8);
}

static void leave(struct hall *hall)
{
    for (size_t i = 0; i < PLACES; i++) {
        hang_up(hall, i);
        hall->callers[i].seen = 0;
    }
}

static void run(struct hall *hall)
{
    struct epoll_event events[256];
    int64_t begun_ns = 0;
    uint64_t due = 0;

    while (!atomic_load(&hall->crowd->is_over)) {
        if (!atomic_load(&hall->crowd->is_wanted)) {
            leave(hall);
            begun_ns = 0;
            usleep(10000);
            continue;
        }
        take_places(hall);
        if (begun_ns == 0) {
            begun_ns = bench_now_ns();
            due = hall->calls;
        }
        uint64_t wanted = due + (uint64_t)((bench_now_ns() - begun_ns) / 1000000) * CROWD_NONSENSE_PER_S / 1000;
        for (int burst = 0; hall->calls < wanted && burst < 50; burst++) call_nonsense(hall);
        int count = epoll_wait(hall->epoll, events, 256, TICK_MS);
        for (int i = 0; i < count; i++) {
            size_t place = (size_t)events[i].data.u64;
            if (hall->callers[place].fd < 0) continue;
            if (place < CROWD_PHONES) hear(hall, place);
            else hear_anything(hall, place);
        }
    }
    leave(hall);
}

struct crowd *crowd_begin(void)
{
    struct crowd *crowd = mmap(NULL, sizeof *crowd, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (crowd == MAP_FAILED) abort();
    crowd->process = fork();
    if (crowd->process != 0) return crowd;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGPIPE, SIG_IGN);
    static struct hall hall;
    hall.crowd = crowd;
    hall.epoll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < PLACES; i++) hall.callers[i].fd = -1;
    for (size_t i = 0; i < CROWD_PHONES; i++)
        if (!(hall.callers[i].text = malloc(HEARD_SIZE))) abort();
    run(&hall);
    return NULL;
}

void crowd_come(struct crowd *crowd)
{
    atomic_store(&crowd->is_wanted, true);
    while (atomic_load(&crowd->phones) < CROWD_PHONES || atomic_load(&crowd->silent) < CROWD_SILENT) usleep(10000);
}

void crowd_go(struct crowd *crowd)
{
    atomic_store(&crowd->is_wanted, false);
    while (atomic_load(&crowd->phones) > 0 || atomic_load(&crowd->silent) > 0) usleep(10000);
}

double crowd_percentile(const struct crowd *crowd, double percent, uint64_t *count_out)
{
    uint64_t all = 0, below = 0;

    for (size_t ms = 0; ms <= CROWD_MOST_MS; ms++) all += atomic_load(&crowd->updates[ms]);
    *count_out = all;
    for (size_t ms = 0; ms <= CROWD_MOST_MS; ms++) {
        below += atomic_load(&crowd->updates[ms]);
        if ((double)below >= (double)all * percent / 100) return (double)ms + 1;
    }
    return CROWD_MOST_MS;
}

void crowd_end(struct crowd *crowd)
{
    atomic_store(&crowd->is_over, true);
    waitpid(crowd->process, NULL, 0);
    munmap(crowd, sizeof *crowd);
}
