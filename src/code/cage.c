#include "code/cage.h"

#include <linux/capability.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// Or less, where the service manager already allows less.
static bool limit(__rlimit_resource_t what, rlim_t most)
{
    struct rlimit limits;

    if (getrlimit(what, &limits) != 0) return false;
    if (limits.rlim_max > most) limits.rlim_max = most;
    limits.rlim_cur = limits.rlim_max;
    return setrlimit(what, &limits) == 0;
}

// CORE 0 and not dumpable: a crash writes no file, so the picture that did it is kept nowhere. (A core pattern that
// pipes to a program ignores the limit, but not the other.)
static bool set_limits(void)
{
    bool is_set = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0);

    is_set = prctl(PR_SET_DUMPABLE, 0) == 0 && is_set;
    if (CAGE_IS_SANITIZED) return is_set;
    return limit(RLIMIT_AS, CAGE_MOST_MEMORY_BYTES) && is_set;
}

// A kiosk started by root must not read pictures as root.
static bool drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};

    return syscall(SYS_capset, &header, none) == 0;
}

// Landlock before the limits, as its rules are made with a descriptor; system calls last, as the others are such.
void cage_enter(int socket, struct cage *out)
{
    bool has_no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;

    *out = (struct cage){.memory_bytes = CAGE_IS_SANITIZED ? 0 : CAGE_MOST_MEMORY_BYTES};
    out->landlock_abi = (uint32_t)cage_landlock();
    out->has_limits = set_limits() && drop_capabilities() && has_no_new_privileges;
    out->has_seccomp = cage_seccomp(socket) == STATUS_OK;
}
