// cage_seccomp.c -- the few system calls that reading a picture takes.
// Everything else is refused with EPERM, which a library survives: the next C library may ask for something harmless
// that isn't listed, and a door that reads is worth more than a list that is complete. What no decoder ever asks for
// (another program, another process, a socket) ends the child at once: there, somebody else is at work, and the log
// says so. A foreign architecture's numbers end it too.
#include "code/cage.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mman.h>
#include <unistd.h>

#include <seccomp.h>

// Memory, time, the end of a read; raise(3) and abort(3) for an assertion.
static const int allowed[] = {
    SCMP_SYS(brk),        SCMP_SYS(munmap),         SCMP_SYS(mremap),        SCMP_SYS(madvise),
    SCMP_SYS(futex),      SCMP_SYS(getrandom),      SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(setitimer),  SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigreturn),
    SCMP_SYS(getpid),     SCMP_SYS(gettid),         SCMP_SYS(sched_yield),   SCMP_SYS(restart_syscall),
    SCMP_SYS(exit_group), SCMP_SYS(exit),
};

static const int allowed_to_sanitizers[] = {SCMP_SYS(sigaltstack), SCMP_SYS(prctl), SCMP_SYS(clock_nanosleep)};

// Nothing that a mistake would do.
static const int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(kill),
    SCMP_SYS(pidfd_open),
    SCMP_SYS(pidfd_send_signal),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(bpf),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(mount),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(keyctl),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(reboot),
};

// Of an argument of 32 bits, those in `mask` are `value`. The kernel compares all 64, and the upper may be anything.
static struct scmp_arg_cmp bits_are(unsigned argument, uint32_t mask, uint32_t value)
{
    return (struct scmp_arg_cmp){.arg = argument, .op = SCMP_CMP_MASKED_EQ, .datum_a = mask, .datum_b = value};
}

static struct scmp_arg_cmp is_equal(unsigned argument, int value)
{
    return bits_are(argument, UINT32_MAX, (uint32_t)value);
}

static int allow_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp condition)
{
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

// Through the socket, and what a library says when it gives up. Nothing that could carry a descriptor (sendmsg).
static int allow_words(scmp_filter_ctx filter, int socket)
{
    int ours[] = {socket, STDERR_FILENO}, failed = 0;

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        failed |= allow_if(filter, SCMP_SYS(write), is_equal(0, ours[i])) |
                  allow_if(filter, SCMP_SYS(writev), is_equal(0, ours[i])) |
                  allow_if(filter, SCMP_SYS(sendto), is_equal(0, ours[i])) |
                  allow_if(filter, SCMP_SYS(recvfrom), is_equal(0, ours[i]));
    return failed;
}

// Memory of its own that can't be run.
static int allow_memory(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp own[] = {bits_are(2, PROT_EXEC, 0), bits_are(3, MAP_ANONYMOUS, MAP_ANONYMOUS)};

    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, own) |
           allow_if(filter, SCMP_SYS(mprotect), bits_are(2, PROT_EXEC, 0));
}

// A signal to itself, as abort(3) sends it; to nobody else.
static int allow_abort(scmp_filter_ctx filter)
{
    return allow_if(filter, SCMP_SYS(tgkill), is_equal(0, getpid()));
}

static int add_all(scmp_filter_ctx filter, uint32_t action, const int calls[], size_t count)
{
    int failed = 0;

    for (size_t i = 0; i < count; i++) failed |= seccomp_rule_add(filter, action, calls[i], 0);
    return failed;
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static int add_rules(scmp_filter_ctx filter, int socket)
{
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    failed |= add_all(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
    if (CAGE_IS_SANITIZED)
        failed |= add_all(filter, SCMP_ACT_ALLOW, allowed_to_sanitizers, COUNT(allowed_to_sanitizers));
    else failed |= add_all(filter, SCMP_ACT_KILL_PROCESS, deadly, COUNT(deadly));
    return failed | allow_words(filter, socket) | allow_memory(filter) | allow_abort(filter);
}

enum status cage_seccomp(int socket)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));

    if (!filter) return STATUS_MISSING;
    bool is_loaded = add_rules(filter, socket) == 0 && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_loaded ? STATUS_OK : STATUS_MISSING;
}
