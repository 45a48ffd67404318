#include "fakes/hostile.h"

#include "base/mem.h"
#include "base/text.h"
#include "code/booth.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct hostile {
    struct reader reader;
    uint32_t reads_count;     // as many as the parent rang
    char descriptors[64];     // open at the start, by number
    size_t environment_count; // at the start
};

static volatile int sink; // so that no act is left out by the compiler

static void say(struct reading *out, const char *text)
{
    out->count = 1;
    out->codes[0].length = strlen(text);
    memcpy(out->codes[0].text, text, strlen(text));
    for (int i = 0; i < 4; i++) out->sightings[0].x[i] = out->sightings[0].y[i] = 0.5F;
}

// So that the parent must do it.
static void stop_own_alarms(void)
{
    const struct itimerval never = {0};

    setitimer(ITIMER_REAL, &never, NULL);
    setitimer(ITIMER_PROF, &never, NULL);
}

static void hang(void)
{
    stop_own_alarms();
    for (;;) sink++;
}

// ---- crashes and hangs ----

static int overflow_stack(int depth)
{
    volatile char room[4096];

    room[0] = (char)depth;
    return sink < 0 ? 0 : overflow_stack(depth + 1) + room[0]; // sink never is
}

static void eat_memory(void)
{
    for (;;) {
        char *piece = malloc(1 << 20);
        if (!piece) abort();
        memset(piece, 1, 1 << 20);
        sink = piece[sink & 1];
    }
}

static void crash(enum hostile_act act)
{
    if (act == HOSTILE_WRITE_NULL) *(volatile int *)(uintptr_t)sink = 1;
    if (act == HOSTILE_ABORT) abort();
    if (act == HOSTILE_EXIT) _exit(3);
    if (act == HOSTILE_OVERFLOW_STACK) sink = overflow_stack(0);
    if (act == HOSTILE_EAT_MEMORY) eat_memory();
    if (act == HOSTILE_CHATTER)
        for (;;) sink = (int)send(BOOTH_SOCKET_FD, "<3>hostile: line\n", 17, 0);
    hang();
}

// ---- lies ----

static void answer(uint32_t number)
{
    struct booth_answer words = {.mark = BOOTH_MARK, .number = number};

    sink = (int)send(BOOTH_SOCKET_FD, &words, sizeof words, 0);
}

// Writes it all itself, answers, and never comes back.
static void lie(struct hostile *hostile, enum hostile_act act, struct booth *booth, const struct reading *honest)
{
    struct booth_reading *said = &booth->reading;

    booth_pack(honest, said);
    if (act == HOSTILE_COUNT_TOO_MANY) said->count = READER_MAX_CODES + 1;
    if (act == HOSTILE_COUNT_HUGE) said->count = UINT32_MAX;
    if (act == HOSTILE_LENGTH_TOO_LONG) said->codes[0].length = CODE_MAX_BYTES + 1;
    if (act == HOSTILE_CORNER_NAN) said->codes[0].x[3] = NAN;
    if (act == HOSTILE_CORNER_FAR) said->codes[0].y[0] = 1e30F;
    if (act == HOSTILE_HINT_UNKNOWN) said->hint = HINT_COUNT;
    if (act == HOSTILE_EXHAUSTED_TWO) said->is_exhausted = 2;
    if (act == HOSTILE_SEND_EMPTY) sink = (int)send(BOOTH_SOCKET_FD, "", 0, 0);
    answer(act == HOSTILE_NUMBER_WRONG ? hostile->reads_count + 1 : hostile->reads_count);
    if (act != HOSTILE_ANSWER_TWICE) hang();
}

static void answer_late(void)
{
    struct timespec began, now;

    stop_own_alarms();
    clock_gettime(CLOCK_MONOTONIC, &began);
    do clock_gettime(CLOCK_MONOTONIC, &now);
    while (now.tv_sec - began.tv_sec < 10);
}

static void sleep_for_ever(void)
{
    char byte;

    stop_own_alarms();
    for (;;) sink = (int)recv(BOOTH_SOCKET_FD, &byte, 1, 0); // nothing else that sleeps is allowed
}

static void work(void)
{
    struct timespec began, now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    while ((now.tv_sec - began.tv_sec) * 1000 + (now.tv_nsec - began.tv_nsec) / 1000000 < HOSTILE_WORK_MS);
}

// ---- calls ----

static long send_descriptor(void)
{
    char byte = 0, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec part = {&byte, 1};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);

    *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
    memcpy(CMSG_DATA(header), &(int){STDIN_FILENO}, sizeof(int));
    return sendmsg(BOOTH_SOCKET_FD, &message, 0);
}

static long make_runnable(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return page == MAP_FAILED ? 0 : mprotect(page, 4096, PROT_READ | PROT_EXEC); // 0: would count as allowed
}

static long map(int protection, int flags, int descriptor)
{
    return mmap(NULL, 4096, protection, flags, descriptor, 0) == MAP_FAILED ? -1 : 0;
}

static long call_refused(enum hostile_act act, const char *path)
{
    const struct rlimit limits = {64, 64};
    char byte;

    switch ((int)act) {
    case HOSTILE_OPEN_FILE:
        return open(path, O_RDONLY);
    case HOSTILE_MAKE_FILE:
        return open(path, O_WRONLY | O_CREAT, 0600);
    case HOSTILE_REMOVE_FILE:
        return unlink(path);
    case HOSTILE_MAKE_MEMORY_FILE:
        return memfd_create("hostile", 0);
    case HOSTILE_DUPLICATE:
        return dup(STDIN_FILENO);
    case HOSTILE_SEND_DESCRIPTOR:
        return send_descriptor();
    case HOSTILE_MAP_CODE:
        return map(PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    case HOSTILE_MAKE_RUNNABLE:
        return make_runnable();
    case HOSTILE_MAP_SOCKET:
        return map(PROT_READ, MAP_SHARED, BOOTH_SOCKET_FD);
    case HOSTILE_RAISE_LIMIT:
        return setrlimit(RLIMIT_NOFILE, &limits);
    case HOSTILE_MAKE_DUMPABLE:
        return prctl(PR_SET_DUMPABLE, 1);
    case HOSTILE_READ_OTHER_DESCRIPTOR:
        return read(STDIN_FILENO, &byte, 1);
    case HOSTILE_SIGNAL_THREAD:
        return syscall(SYS_tgkill, getppid(), getppid(), SIGTERM);
    default:
        return 0;
    }
}

static long call_deadly(enum hostile_act act)
{
    struct sockaddr_un nowhere = {.sun_family = AF_UNIX, .sun_path = "/run/nowhere"};
    char *arguments[] = {"true", NULL}, byte;
    struct iovec here = {&byte, 1}, there = {&nowhere, 1};

    switch ((int)act) {
    case HOSTILE_OPEN_SOCKET:
        return socket(AF_INET, SOCK_STREAM, 0);
    case HOSTILE_CONNECT:
        return connect(BOOTH_SOCKET_FD, (struct sockaddr *)&nowhere, sizeof nowhere);
    case HOSTILE_FORK:
        return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
    case HOSTILE_EXECUTE:
        return execve("/bin/true", arguments, environ);
    case HOSTILE_TRACE_PARENT:
        return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
    case HOSTILE_KILL_PARENT:
        return kill(getppid(), SIGTERM);
    case HOSTILE_READ_PARENT:
        return process_vm_readv(getppid(), &here, 1, &there, 1, 0);
    default:
        return 0;
    }
}

static void tell_call(struct reading *out, long result)
{
    char text[64];

    if (result == -1 && errno == EPERM) {
        say(out, HOSTILE_REFUSED);
        return;
    }
    snprintf(text, sizeof text, "result %ld errno %d", result, errno);
    say(out, text);
}

// ---- the reader ----

static void hostile_read(struct reader *self, const struct frame *frame, struct reading *out)
{
    struct hostile *hostile = (struct hostile *)self;
    struct booth *booth = (struct booth *)((char *)(uintptr_t)frame - offsetof(struct booth, frame));
    enum hostile_act act = frame->pixels[0];
    char text[32];

    hostile->reads_count++;
    say(out, HOSTILE_FINE);
    if (act >= HOSTILE_WRITE_NULL && act <= HOSTILE_SPIN) crash(act);
    if (act == HOSTILE_CHATTER) crash(act);
    if (act == HOSTILE_ANSWER_LATE) answer_late();
    if (act == HOSTILE_CLOSE_SOCKET) sink = shutdown(BOOTH_SOCKET_FD, SHUT_RDWR);
    if (act == HOSTILE_CLOSE_SOCKET) hang();
    if (act == HOSTILE_SLEEP) sleep_for_ever();
    if (act == HOSTILE_WORK) work();
    if (act >= HOSTILE_COUNT_TOO_MANY && act <= HOSTILE_ANSWER_TWICE) lie(hostile, act, booth, out);
    if (act >= HOSTILE_OPEN_FILE && act <= HOSTILE_SIGNAL_THREAD)
        tell_call(out, call_refused(act, (const char *)frame->pixels + HOSTILE_PATH_AT));
    if (act >= HOSTILE_OPEN_SOCKET && act <= HOSTILE_READ_PARENT) tell_call(out, call_deadly(act));
    if (act == HOSTILE_LEAK) memset(mem_zero(HOSTILE_LEAK_BYTES), 1, HOSTILE_LEAK_BYTES);
    if (act == HOSTILE_TELL_DESCRIPTORS) say(out, hostile->descriptors);
    snprintf(text, sizeof text, "%zu", act == HOSTILE_TELL_PID ? (size_t)getpid() : hostile->environment_count);
    if (act == HOSTILE_TELL_ENVIRONMENT || act == HOSTILE_TELL_PID) say(out, text);
}

static void hostile_close(struct reader *self)
{
    free(self);
}

static enum status hostile_open(const struct reader_config *config, struct reader **out)
{
    static const struct reader_ops ops = {.read = hostile_read, .close = hostile_close};
    struct hostile *hostile = mem_zero(sizeof *hostile);

    (void)config;
    hostile->reader.ops = &ops;
    for (int i = 0; i < 1024; i++)
        if (fcntl(i, F_GETFD) >= 0) {
            size_t length = strlen(hostile->descriptors);
            snprintf(hostile->descriptors + length, sizeof hostile->descriptors - length, "%d ", i);
        }
    while (environ[hostile->environment_count]) hostile->environment_count++;
    *out = &hostile->reader;
    return STATUS_OK;
}

int main(void)
{
    booth_serve(hostile_open);
}
