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
    SCMP_SYS(brk),         SCMP_SYS(munmap),         SCMP_SYS(mremap),          SCMP_SYS(madvise),
    SCMP_SYS(futex),       SCMP_SYS(getrandom),      SCMP_SYS(clock_gettime),   SCMP_SYS(gettimeofday),
    SCMP_SYS(setitimer),   SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(getpid),      SCMP_SYS(gettid),         SCMP_SYS(sched_yield),     SCMP_SYS(restart_syscall),
    SCMP_SYS(exit_group),  SCMP_SYS(exit),
#if CAGE_IS_SANITIZED
    SCMP_SYS(sigaltstack), SCMP_SYS(prctl),          SCMP_SYS(clock_nanosleep),
#endif
};

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

enum { DEADLY = CAGE_IS_SANITIZED ? 0 : 1 };

// A call some of whose arguments decide; compared in the kernel, before anything happens.
static int allow_if(scmp_filter_ctx filter, int call, unsigned count, const struct scmp_arg_cmp conditions[])
{
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, count, conditions);
}

// Through the socket, and what a library says when it gives up. Nothing that could carry a descriptor (sendmsg).
static int allow_words(scmp_filter_ctx filter, int socket)
{
    int ours[] = {socket, STDERR_FILENO}, failed = 0;

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        struct scmp_arg_cmp is_ours = SCMP_A0_32(SCMP_CMP_EQ, (uint32_t)ours[i]);
        failed |= allow_if(filter, SCMP_SYS(write), 1, &is_ours);
        failed |= allow_if(filter, SCMP_SYS(writev), 1, &is_ours);
        failed |= allow_if(filter, SCMP_SYS(sendto), 1, &is_ours);
        failed |= allow_if(filter, SCMP_SYS(recvfrom), 1, &is_ours);
    }
    return failed;
}

// Memory of its own that can't be run.
static int allow_memory(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp data[] = {
        SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
        SCMP_A3_32(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS),
    };

    return allow_if(filter, SCMP_SYS(mmap), 2, data) | allow_if(filter, SCMP_SYS(mprotect), 1, data);
}

// A signal to itself, as abort(3) sends it; to nobody else.
static int allow_abort(scmp_filter_ctx filter)
{
    struct scmp_arg_cmp is_self = SCMP_A0_32(SCMP_CMP_EQ, (uint32_t)getpid());

    return allow_if(filter, SCMP_SYS(tgkill), 1, &is_self);
}

static int add_rules(scmp_filter_ctx filter, int socket)
{
    int failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);

    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; DEADLY && i < sizeof deadly / sizeof *deadly; i++)
        failed |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
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
