#include "support/lossy.h"

#include "support/check.h"

#include "support/studio/dice.h"
#include "support/tube.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_TUBES = 16, MOST_LATE = 6, LOOK_MS = 20, MOST_STRIKE_US = 4000 };
enum { LATE_PERCENT = 10, OVERTAKEN_PERCENT = 10, DOUBLED_PERCENT = 10, CUT_PERCENT = 5 };

struct lossy {
    struct lossy_config config;
    struct dice dice;
    pthread_t thread;
    pthread_mutex_t lock; // of counts
    struct lossy_counts counts;
    atomic_bool is_closing, is_calm;
    int fd;
    uint16_t port;
    size_t count;
    struct tube *tubes[MOST_TUBES];
    struct {
        char *bytes;
        size_t length;
    } late[MOST_LATE];
};

// ---- chance ----

// The dice are thrown in any case: so what happens later does not hang on what was asked before.
static bool happens(struct lossy *lossy, int percent)
{
    int thrown = dice_below(&lossy->dice, 100);

    return thrown < percent && !atomic_load(&lossy->is_calm);
}

static bool counts(struct lossy *lossy, unsigned *count, bool happened)
{
    pthread_mutex_lock(&lossy->lock);
    *count += happened;
    pthread_mutex_unlock(&lossy->lock);
    return happened;
}

#define HAPPENS(what, percent) counts(lossy, &lossy->counts.what, happens(lossy, percent))

// ---- late ones ----

static void bring_late(struct lossy *lossy, size_t at)
{
    struct tube *far;
    size_t length;

    if (!lossy->late[at].bytes) return;
    far = tube_connect(lossy->config.to_port);
    if (far && tube_say(far, lossy->late[at].bytes, lossy->late[at].length)) (void)tube_hear(far, &length);
    tube_close(far);
    free(lossy->late[at].bytes);
    lossy->late[at].bytes = NULL;
}

static void hold_back(struct lossy *lossy, const char *request, size_t length)
{
    size_t at = (size_t)dice_below(&lossy->dice, MOST_LATE);

    free(lossy->late[at].bytes);
    lossy->late[at].bytes = malloc(length);
    if (!lossy->late[at].bytes) abort();
    memcpy(lossy->late[at].bytes, request, length);
    lossy->late[at].length = length;
}

// ---- a call ----

static void be_impatient(char *request)
{
    char *end = strstr(request, "\r\n"), *wait = strstr(request, "wait=25");

    if (wait && wait < end) memcpy(wait, "wait=00", 7);
}

static void cut_off(struct lossy *lossy, const char *request, size_t length)
{
    struct tube *far = tube_connect(lossy->config.to_port);

    if (far) (void)tube_say(far, request, (size_t)dice_below(&lossy->dice, (int)length));
    tube_close(far);
}

static void strike(struct lossy *lossy)
{
    usleep((useconds_t)dice_below(&lossy->dice, MOST_STRIKE_US));
    lossy->config.strike(lossy->config.owner);
}

// The office hears it, perhaps twice at the same time. What it answers is said to `near`. False: the line breaks.
static bool bring(struct lossy *lossy, struct tube *near, const char *request, size_t length)
{
    bool is_doubled = HAPPENS(doubled, DOUBLED_PERCENT), is_struck = HAPPENS(struck, lossy->config.struck_percent);
    bool is_lost = HAPPENS(lost_answers, lossy->config.lost_percent), is_cut = HAPPENS(cut_answers, CUT_PERCENT);
    struct tube *far = tube_connect(lossy->config.to_port);
    struct tube *other = is_doubled ? tube_connect(lossy->config.to_port) : NULL;
    size_t answer_length = 0;
    char *answer = NULL;

    if (other) (void)tube_say(other, request, length);
    if (far && tube_say(far, request, length)) {
        if (is_struck) strike(lossy);
        answer = tube_hear(far, &answer_length);
    }
    if (other) (void)tube_hear(other, &length);
    if (answer && is_cut) (void)tube_say(near, answer, (size_t)dice_below(&lossy->dice, (int)answer_length));
    else if (answer && !is_lost && !tube_say(near, answer, answer_length)) answer = NULL;
    tube_close(far);
    tube_close(other);
    return answer && !is_lost && !is_cut;
}

static bool carry(struct lossy *lossy, struct tube *near)
{
    size_t length;
    char *request = tube_hear(near, &length);

    if (!request) return false;
    be_impatient(request);
    (void)counts(lossy, &lossy->counts.calls, true);
    if (atomic_load(&lossy->is_calm))
        for (size_t i = 0; i < MOST_LATE; i++) bring_late(lossy, i);
    if (happens(lossy, LATE_PERCENT)) bring_late(lossy, (size_t)dice_below(&lossy->dice, MOST_LATE));
    if (HAPPENS(lost_requests, lossy->config.lost_percent)) return false;
    if (HAPPENS(overtaken, OVERTAKEN_PERCENT)) {
        hold_back(lossy, request, length);
        if (dice_below(&lossy->dice, 2) == 0) return false; // not doubled: only late
    }
    if (HAPPENS(cut_requests, CUT_PERCENT)) {
        cut_off(lossy, request, length);
        return false;
    }
    return bring(lossy, near, request, length);
}

// ---- connections ----

static void take_connection(struct lossy *lossy)
{
    int fd = accept4(lossy->fd, NULL, NULL, SOCK_CLOEXEC);
    struct tube *tube = fd < 0 ? NULL : tube_accept(fd, lossy->config.identity);

    if (tube) lossy->tubes[lossy->count++] = tube;
}

static void serve(struct lossy *lossy, size_t i)
{
    struct tube *tube = lossy->tubes[i];

    do {
        if (carry(lossy, tube)) continue;
        tube_close(tube);
        lossy->tubes[i] = lossy->tubes[--lossy->count];
        return;
    } while (tube_has_bytes(tube));
}

static void *stand_between(void *argument)
{
    struct lossy *lossy = argument;

    while (!atomic_load(&lossy->is_closing)) {
        struct pollfd wanted[MOST_TUBES + 1];
        size_t count = lossy->count;
        for (size_t i = 0; i < count; i++)
            wanted[i] = (struct pollfd){.fd = tube_descriptor(lossy->tubes[i]), .events = POLLIN};
        wanted[count] = (struct pollfd){.fd = lossy->fd, .events = count < MOST_TUBES ? POLLIN : 0};
        if (poll(wanted, count + 1, LOOK_MS) <= 0) continue;
        for (size_t i = count; i-- > 0;) // backwards: the last one takes the place of one that ended
            if (wanted[i].revents) serve(lossy, i);
        if (wanted[count].revents) take_connection(lossy);
    }
    return NULL;
}

struct lossy *lossy_open(const struct lossy_config *config)
{
    struct lossy *lossy = calloc(1, sizeof *lossy);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;

    assert_non_null(lossy);
    lossy->config = *config;
    lossy->dice = (struct dice){dice_mix(config->seed)};
    pthread_mutex_init(&lossy->lock, NULL);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    lossy->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(lossy->fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(lossy->fd, 16), 0);
    assert_int_equal(getsockname(lossy->fd, (struct sockaddr *)&address, &length), 0);
    lossy->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&lossy->thread, NULL, stand_between, lossy), 0);
    return lossy;
}

uint16_t lossy_port(const struct lossy *lossy)
{
    return lossy->port;
}

void lossy_be_calm(struct lossy *lossy)
{
    atomic_store(&lossy->is_calm, true);
}

struct lossy_counts lossy_counts(struct lossy *lossy)
{
    pthread_mutex_lock(&lossy->lock);
    struct lossy_counts now = lossy->counts;
    pthread_mutex_unlock(&lossy->lock);
    return now;
}

void lossy_close(struct lossy *lossy)
{
    if (!lossy) return;
    atomic_store(&lossy->is_closing, true);
    pthread_join(lossy->thread, NULL);
    for (size_t i = 0; i < lossy->count; i++) tube_close(lossy->tubes[i]);
    for (size_t i = 0; i < MOST_LATE; i++) free(lossy->late[i].bytes);
    close(lossy->fd);
    pthread_mutex_destroy(&lossy->lock);
    free(lossy);
}
