// process.h -- what the kernel says of another process of ours: the time it had, whether it wants more, its memory.
// Never fails: on a kernel that hides it, the answer is the one that makes nobody wait. Threads: any.
// Source: clock_getcpuclockid(3), proc(5).
#ifndef EINLASS_CODE_PROCESS_H
#define EINLASS_CODE_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

int64_t process_cpu_us(pid_t pid);      // of all cores, since it began; -1: unknown
bool process_is_runnable(pid_t pid);    // computes, or would if it had a core; not asleep, stopped or dead
long process_resident_bytes(pid_t pid); // -1: unknown

#endif
