#define LOG_MODULE "reader"

#include "code/child.h"

#include "base/log.h"
#include "base/text.h"
#include "code/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PACKET_MAX_BYTES = 512, LINE_MAX_BYTES = 240, STARVED_LOOK_MS = 5 };

// To a number that means nothing in the child, so that taking its place there overwrites no other.
static int lift(int descriptor)
{
    int lifted = fcntl(descriptor, F_DUPFD_CLOEXEC, BOOTH_MEMORY_FD + 1);

    close(descriptor);
    return lifted;
}

// Sealed in size: were it cut short by the child, our own reading of it would end this process (SIGBUS).
static int make_memory(void)
{
    int memory = memfd_create("einlass-booth", MFD_CLOEXEC | MFD_ALLOW_SEALING);

    if (memory < 0) return -1;
    if (ftruncate(memory, sizeof(struct booth)) == 0 &&
        fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        return lift(memory);
    close(memory);
    return -1;
}

static int describe(posix_spawn_file_actions_t *actions, int socket, int memory)
{
    return posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
           posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ||
           posix_spawn_file_actions_adddup2(actions, socket, STDERR_FILENO) ||
           posix_spawn_file_actions_adddup2(actions, socket, BOOTH_SOCKET_FD) ||
           posix_spawn_file_actions_adddup2(actions, memory, BOOTH_MEMORY_FD) ||
           posix_spawn_file_actions_addclosefrom_np(actions, BOOTH_MEMORY_FD + 1);
}

// All signals as a new program has them, and its own process group: Ctrl-C is for the kiosk, which ends its children.
static int free_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, all;

    sigemptyset(&none);
    sigfillset(&all);
    return posix_spawnattr_setflags(attributes,
                                    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) ||
           posix_spawnattr_setsigmask(attributes, &none) || posix_spawnattr_setsigdefault(attributes, &all);
}

// posix_spawn shares our memory until exec, so its cost does not grow with the kiosk. Returns an errno.
static int spawn(const char *program, int socket, int memory, pid_t *pid_out)
{
    char name[] = "einlass-reader", *arguments[] = {name, NULL}, *environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
    posix_spawnattr_init(&attributes);
    int failed = ENOMEM;
    if (!describe(&actions, socket, memory) && !free_signals(&attributes))
        failed = posix_spawn(pid_out, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

// Our end in sockets[0]; the other is the child's alone once we closed it, so that it closes when the child ends.
static int make_sockets(int sockets[2])
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) return -1;
    sockets[1] = lift(sockets[1]);
    return sockets[1] < 0 ? -1 : 0;
}

static void close_if_open(int descriptor)
{
    if (descriptor >= 0) close(descriptor);
}

enum status child_start(const char *program, int budget_ms, struct clock *clock, struct child *out)
{
    struct child child = {
        .started_ms = clock->ops->mono_ms(clock), .lines_left = CHILD_LINES_IN_STOCK, .budget_ms = budget_ms};
    int sockets[2] = {-1, -1}, memory = make_memory(), reason;

    child.booth =
        memory < 0 ? MAP_FAILED : mmap(NULL, sizeof *child.booth, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
    if (child.booth == MAP_FAILED || make_sockets(sockets) != 0) {
        reason = errno;
        goto fail;
    }
    child.booth->attempts_ms = budget_ms / 2;
    child.booth->cpu_alarm_ms = 2 * budget_ms;
    child.booth->wall_alarm_ms = 2 * (budget_ms + CHILD_MOST_STARVED_MS);
    if ((reason = spawn(program, sockets[1], memory, &child.pid)) != 0) goto fail;
    close(memory);
    close(sockets[1]);
    child.socket = sockets[0];
    *out = child;
    return STATUS_OK;
fail:
    if (child.booth != MAP_FAILED) munmap(child.booth, sizeof *child.booth);
    close_if_open(memory);
    close_if_open(sockets[0]);
    close_if_open(sockets[1]);
    if (!out->is_retry) log_error("can't start the reading process program=%s: %s", program, strerror(reason));
    return reason == ENOENT || reason == EACCES || reason == ENOEXEC ? STATUS_MISSING : STATUS_LATER;
}

// A line of its log, or a library's last words. It may have been made to say anything: as little as helps.
static void pass_on(struct child *child, char *bytes, size_t length)
{
    char line[LINE_MAX_BYTES];
    int level = LOG_WARN;

    if (child->lines_left <= 0) return;
    child->lines_left--;
    while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\0')) length--;
    if (length > 3 && bytes[0] == '<' && bytes[2] == '>') { // the prefix of log.h
        if (bytes[1] - '0' >= LOG_INFO) level = LOG_INFO;
        bytes += 3;
        length -= 3;
    }
    text_make_showable(line, sizeof line, bytes, length);
    log_write((enum log_level)level, LOG_MODULE, "the reading process: %s", line);
}

enum packet { PACKET_NONE, PACKET_LINE, PACKET_ANSWER, PACKET_END };

// What lies in the socket, if anything; a line is passed on.
static enum packet take_packet(struct child *child, struct booth_answer *out)
{
    char packet[PACKET_MAX_BYTES];
    ssize_t length = recv(child->socket, packet, sizeof packet, MSG_DONTWAIT);

    if (length < 0) return errno == EAGAIN || errno == EINTR ? PACKET_NONE : PACKET_END;
    if (length == 0) return PACKET_END;
    if (length == sizeof *out) {
        memcpy(out, packet, sizeof *out);
        if (out->mark == BOOTH_MARK) return PACKET_ANSWER;
    }
    pass_on(child, packet, (size_t)length);
    return PACKET_LINE;
}

// Waits for the answer with this number.
static enum child_outcome await(struct child *child, uint32_t number, struct clock *clock, int64_t deadline_ms,
                                struct booth_answer *out)
{
    for (int lines_count = 0; lines_count < CHILD_MOST_LINES_AT_ONCE;) {
        switch (take_packet(child, out)) {
        case PACKET_ANSWER:
            return out->number == number ? CHILD_READ : CHILD_NONSENSE;
        case PACKET_END:
            return CHILD_GONE;
        case PACKET_LINE:
            lines_count++;
            continue;
        case PACKET_NONE:
            break;
        }
        struct pollfd wanted = {.fd = child->socket, .events = POLLIN};
        int64_t left_ms = deadline_ms - clock->ops->mono_ms(clock);
        if (poll(&wanted, 1, left_ms > 0 ? (int)left_ms : 0) == 0) return CHILD_LATE;
    }
    return CHILD_NONSENSE;
}

enum child_outcome child_await_ready(struct child *child, struct clock *clock, int64_t deadline_ms)
{
    struct booth_answer answer;

    if (child->is_ready) return CHILD_READ;
    enum child_outcome outcome = await(child, 0, clock, deadline_ms, &answer);
    if (outcome == CHILD_READ) {
        child->is_ready = true;
        child->cage = answer.cage;
    }
    if (outcome != CHILD_LATE) return outcome;
    return clock->ops->mono_ms(clock) - child->started_ms < CHILD_MOST_START_MS ? CHILD_STARTS : CHILD_LATE;
}

// Nothing but log lines may lie in the socket before we ring: it would be taken for the answer.
static enum child_outcome ring(struct child *child, const struct frame *frame)
{
    struct booth_answer answer;
    enum packet packet = PACKET_LINE;

    for (int i = 0; packet == PACKET_LINE && i < CHILD_MOST_LINES_AT_ONCE; i++) packet = take_packet(child, &answer);
    if (packet != PACKET_NONE) return packet == PACKET_END ? CHILD_GONE : CHILD_NONSENSE;
    frame_copy(&child->booth->frame, frame);
    child->booth->rest_ms = child->rest_ms;
    if (++child->number % CHILD_READS_PER_LINE == 0 && child->lines_left < CHILD_LINES_IN_STOCK) child->lines_left++;
    bool is_sent =
        send(child->socket, &child->number, sizeof child->number, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof child->number;
    return is_sent ? CHILD_READ : CHILD_GONE;
}

// Healthy, but without a core: it would go on at once, and hasn't had what it may take.
static bool is_starved(const struct child *child, int64_t most_cpu_us)
{
    int64_t cpu_us = process_cpu_us(child->pid);

    return cpu_us >= 0 && cpu_us < most_cpu_us && process_is_runnable(child->pid);
}

// The last look into the socket comes after the last at the process: it may have answered, and sleeps for that.
static enum child_outcome await_reading(struct child *child, struct clock *clock, int64_t deadline_ms,
                                        int64_t most_cpu_us, struct booth_answer *out)
{
    enum child_outcome outcome = await(child, child->number, clock, deadline_ms, out);
    bool is_last = false;

    for (int waited_ms = 0; outcome == CHILD_LATE && !is_last; waited_ms += STARVED_LOOK_MS) {
        is_last = waited_ms >= CHILD_MOST_STARVED_MS || !is_starved(child, most_cpu_us);
        int64_t now_ms = clock->ops->mono_ms(clock);
        outcome = await(child, child->number, clock, is_last ? now_ms : now_ms + STARVED_LOOK_MS, out);
    }
    return outcome;
}

enum child_outcome child_read(struct child *child, const struct frame *frame, struct clock *clock, int64_t deadline_ms,
                              struct booth_reading *copy, struct reading *out, bool *has_rung_out)
{
    struct booth_answer answer;
    enum child_outcome outcome;

    *has_rung_out = false;
    if ((outcome = child_await_ready(child, clock, deadline_ms - child->budget_ms / 2)) != CHILD_READ) return outcome;
    int64_t left_ms = deadline_ms - clock->ops->mono_ms(clock), cpu_us = process_cpu_us(child->pid);
    if ((outcome = ring(child, frame)) != CHILD_READ) return outcome;
    *has_rung_out = true;
    outcome = await_reading(child, clock, deadline_ms, cpu_us + left_ms * 1000, &answer);
    if (outcome != CHILD_READ) return outcome;
    *copy = child->booth->reading;             // once: it may change under our eyes,
    atomic_signal_fence(memory_order_seq_cst); // and no compiler may look there again
    return booth_unpack(copy, frame->mono_ms, out) == STATUS_OK ? CHILD_READ : CHILD_NONSENSE;
}

bool child_is_alive(const struct child *child)
{
    siginfo_t ended = {0};

    return child->pid && waitid(P_PID, (id_t)child->pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
}

long child_resident_bytes(const struct child *child)
{
    return process_resident_bytes(child->pid);
}

bool child_leave(struct child *child, int *status_out)
{
    if (!child->pid) return true;
    if (child->booth) {
        munmap(child->booth, sizeof *child->booth);
        close(child->socket);
        child->booth = NULL;
        kill(child->pid, SIGKILL); // ours until waitpid: nobody else can have the number
    }
    if (waitpid(child->pid, status_out, WNOHANG) == 0) return false;
    *child = (struct child){0};
    return true;
}

void child_end(struct child *child, int *status_out)
{
    if (child_leave(child, status_out)) return;
    while (waitpid(child->pid, status_out, 0) < 0 && errno == EINTR) continue;
    *child = (struct child){0};
}
