// cage_landlock.c -- rules that allow nothing: no file, no TCP port, no signal or abstract socket outside.
// By raw system calls, as the C library has none, and with numbers for what is newer than this machine's headers: a
// kernel takes a longer struct whose rest is zero, so only what its ABI knows is asked. Source: landlock(7).
#include "code/cage.h"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

// struct landlock_ruleset_attr as of ABI 6.
struct rules {
    uint64_t files, network, scopes;
};

static uint64_t all_of(int count)
{
    return (UINT64_C(1) << count) - 1;
}

static struct rules rules_of(int abi)
{
    struct rules rules = {.files = all_of(13)}; // EXECUTE … MAKE_SYM

    if (abi >= 2) rules.files = all_of(14);  // REFER
    if (abi >= 3) rules.files = all_of(15);  // TRUNCATE
    if (abi >= 4) rules.network = all_of(2); // BIND_TCP, CONNECT_TCP
    if (abi >= 5) rules.files = all_of(16);  // IOCTL_DEV
    if (abi >= 6) rules.scopes = all_of(2);  // ABSTRACT_UNIX_SOCKET, SIGNAL
    return rules;
}

int cage_landlock(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

    if (abi < 1 || abi > CAGE_MOST_LANDLOCK) return 0;
    struct rules rules = rules_of((int)abi);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (ruleset < 0) return 0;
    long failed = syscall(SYS_landlock_restrict_self, ruleset, 0);
    close(ruleset);
    return failed ? 0 : (int)abi;
}
