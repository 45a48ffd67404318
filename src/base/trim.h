// trim.h -- a process that takes no more memory than it uses: threads share one heap, and what only a start needed is
// given back: freed heap (of a large event file), and what was read of shared libraries to link them (Debian's Mesa
// brings all of LLVM, 44 MiB of which nothing is called afterwards). What is called again comes back from the page
// cache, a page at a time. Threads: begin() before there are any; memory() in any, at any time, it takes some
// milliseconds.
#ifndef EINLASS_BASE_TRIM_H
#define EINLASS_BASE_TRIM_H

void trim_begin(void);
void trim_memory(void);

#endif
