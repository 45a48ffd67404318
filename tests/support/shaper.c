#include "support/shaper.h"

#include "support/check.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 32, PACKET_BYTES = 1460, HEAD_BYTES = 40, MOST_PACKETS = 64, LOOK_MS = 20 };
static const int64_t ns_per_ms = 1000000;

struct packet {
    int64_t due_ns;
    size_t length;
    char bytes[PACKET_BYTES];
};

struct way { // of one connection, in one direction
    struct shaper *shaper;
    int direction, from, to;
    pthread_t reader, writer;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct packet packets[MOST_PACKETS];
    size_t first, count;
    bool has_ended;
};

struct shaper {
    struct shaper_config config;
    pthread_t thread;
    int fd;
    uint16_t port;
    atomic_bool is_closing;
    pthread_mutex_t lock;
    int64_t free_ns[2]; // when the line has sent what it has, each way
    uint64_t bytes;
    size_t count;
    struct way *ways[MOST_CONNECTIONS][2];
    int fds[MOST_CONNECTIONS][2];
};

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void sleep_until(int64_t due_ns)
{
    struct timespec due = {.tv_sec = due_ns / 1000000000, .tv_nsec = due_ns % 1000000000};

    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
}

// When a packet that comes to the line now is at the other end.
static int64_t take_turn(struct way *way, size_t length)
{
    struct shaper *shaper = way->shaper;
    int64_t now = now_ns(), *free_ns = &shaper->free_ns[way->direction];

    pthread_mutex_lock(&shaper->lock);
    if (*free_ns < now) *free_ns = now;
    *free_ns += (int64_t)(length + HEAD_BYTES) * 8 * 1000000000 / shaper->config.bits_per_second;
    shaper->bytes += length;
    int64_t due = *free_ns + shaper->config.way_ms * ns_per_ms;
    pthread_mutex_unlock(&shaper->lock);
    return due;
}

static bool wait_readable(struct way *way)
{
    struct pollfd wanted = {.fd = way->from, .events = POLLIN};

    while (!atomic_load(&way->shaper->is_closing))
        if (poll(&wanted, 1, LOOK_MS) != 0) return true;
    return false;
}

static void *read_packets(void *argument)
{
    struct way *way = argument;
    char bytes[PACKET_BYTES];
    ssize_t got;

    while (wait_readable(way) && (got = recv(way->from, bytes, sizeof bytes, 0)) > 0) {
        int64_t due_ns = take_turn(way, (size_t)got);
        pthread_mutex_lock(&way->lock);
        while (way->count == MOST_PACKETS) pthread_cond_wait(&way->changed, &way->lock);
        struct packet *packet = &way->packets[(way->first + way->count++) % MOST_PACKETS];
        packet->due_ns = due_ns;
        packet->length = (size_t)got;
        memcpy(packet->bytes, bytes, (size_t)got);
        pthread_cond_broadcast(&way->changed);
        pthread_mutex_unlock(&way->lock);
    }
    pthread_mutex_lock(&way->lock);
    way->has_ended = true;
    pthread_cond_broadcast(&way->changed);
    pthread_mutex_unlock(&way->lock);
    return NULL;
}

static void send_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void *write_packets(void *argument)
{
    struct way *way = argument;
    struct packet packet;

    for (;;) {
        pthread_mutex_lock(&way->lock);
        while (way->count == 0 && !way->has_ended) pthread_cond_wait(&way->changed, &way->lock);
        bool has_one = way->count > 0;
        if (has_one) {
            packet = way->packets[way->first];
            way->first = (way->first + 1) % MOST_PACKETS;
            way->count--;
            pthread_cond_broadcast(&way->changed);
        }
        pthread_mutex_unlock(&way->lock);
        if (!has_one) break;
        if (!atomic_load(&way->shaper->is_closing)) sleep_until(packet.due_ns);
        send_all(way->to, packet.bytes, packet.length);
    }
    shutdown(way->to, SHUT_WR);
    return NULL;
}

static struct way *open_way(struct shaper *shaper, int direction, int from, int to)
{
    struct way *way = calloc(1, sizeof *way);

    assert_non_null(way);
    way->shaper = shaper;
    way->direction = direction;
    way->from = from;
    way->to = to;
    pthread_mutex_init(&way->lock, NULL);
    pthread_cond_init(&way->changed, NULL);
    assert_int_equal(pthread_create(&way->reader, NULL, read_packets, way), 0);
    assert_int_equal(pthread_create(&way->writer, NULL, write_packets, way), 0);
    return way;
}

static int connect_to(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        close(fd);
        return -1;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

static void *take_connections(void *argument)
{
    struct shaper *shaper = argument;
    struct pollfd listening = {.fd = shaper->fd, .events = POLLIN};
    int one = 1;

    while (!atomic_load(&shaper->is_closing)) {
        if (poll(&listening, 1, LOOK_MS) <= 0 || shaper->count == MOST_CONNECTIONS) continue;
        int near = accept(shaper->fd, NULL, NULL), far = near < 0 ? -1 : connect_to(shaper->config.to_port);
        if (far < 0) {
            if (near >= 0) close(near);
            continue;
        }
        setsockopt(near, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        size_t i = shaper->count++;
        shaper->fds[i][0] = near;
        shaper->fds[i][1] = far;
        shaper->ways[i][0] = open_way(shaper, 0, near, far);
        shaper->ways[i][1] = open_way(shaper, 1, far, near);
    }
    return NULL;
}

struct shaper *shaper_open(const struct shaper_config *config)
{
    struct shaper *shaper = calloc(1, sizeof *shaper);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;

    assert_non_null(shaper);
    shaper->config = *config;
    pthread_mutex_init(&shaper->lock, NULL);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    shaper->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(shaper->fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(shaper->fd, 16), 0);
    assert_int_equal(getsockname(shaper->fd, (struct sockaddr *)&address, &length), 0);
    shaper->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&shaper->thread, NULL, take_connections, shaper), 0);
    return shaper;
}

uint16_t shaper_port(const struct shaper *shaper)
{
    return shaper->port;
}

uint64_t shaper_bytes(struct shaper *shaper)
{
    pthread_mutex_lock(&shaper->lock);
    uint64_t bytes = shaper->bytes;
    pthread_mutex_unlock(&shaper->lock);
    return bytes;
}

static void close_way(struct way *way)
{
    pthread_join(way->reader, NULL);
    pthread_join(way->writer, NULL);
    pthread_mutex_destroy(&way->lock);
    pthread_cond_destroy(&way->changed);
    free(way);
}

void shaper_close(struct shaper *shaper)
{
    if (!shaper) return;
    atomic_store(&shaper->is_closing, true);
    pthread_join(shaper->thread, NULL);
    for (size_t i = 0; i < shaper->count; i++) {
        for (int side = 0; side < 2; side++) shutdown(shaper->fds[i][side], SHUT_RDWR);
        for (int side = 0; side < 2; side++) close_way(shaper->ways[i][side]);
        for (int side = 0; side < 2; side++) close(shaper->fds[i][side]);
    }
    close(shaper->fd);
    pthread_mutex_destroy(&shaper->lock);
    free(shaper);
}
