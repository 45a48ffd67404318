// cage.h -- what a process that reads strangers' pictures gives up, for good: files, network, new descriptors, other
// processes, privileges, memory beyond a limit, a picture of itself on the disk.
// Several walls, so that a hole in one is none in the cage: limits (setrlimit), capabilities, system calls (seccomp),
// files, network and signals (Landlock, where the kernel has it). What a machine lacks is said in the report, and the
// other walls stand. Descriptors that are open stay: who enters holds only what it needs.
// Threads: from the only thread, once. Source: seccomp(2), landlock(7), setrlimit(2), capabilities(7).
#ifndef EINLASS_CODE_CAGE_H
#define EINLASS_CODE_CAGE_H

#include "base/status.h"

#include <stdint.h>

// Sanitizers take terabytes of addresses and look around in /proc when they find something: the limit of memory is
// left out there, a forbidden call is refused, never deadly, and a read may take as many times as long.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1 // gcc's name for it
#elif __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
enum { CAGE_IS_SANITIZED = 1, CAGE_SLOWNESS = 40 };
#elif defined(__SANITIZE_ADDRESS__)
enum { CAGE_IS_SANITIZED = 1, CAGE_SLOWNESS = 10 };
#else
enum { CAGE_IS_SANITIZED = 0, CAGE_SLOWNESS = 1 };
#endif

enum {
    CAGE_MOST_MEMORY_BYTES = 128 << 20, // addresses; on the largest frames the reader took 19 MB
    CAGE_MOST_LANDLOCK = 1000,          // an ABI above is nonsense
};

// Which walls stand; plain numbers, as they cross to the parent.
struct cage {
    uint32_t has_limits, has_seccomp;
    uint32_t landlock_abi; // 0: not in this kernel
    uint32_t memory_bytes; // 0: no limit
};

// `socket` is the descriptor it may talk through, besides standard error.
void cage_enter(int socket, struct cage *out);

// The walls that are files of their own.
enum status cage_seccomp(int socket) MUST_CHECK; // MISSING: not in this kernel. Source: libseccomp
int cage_landlock(void);                         // the kernel's ABI, 0: not there

#endif
