// trim.h -- gives back the memory that only a start needed: freed heap, and what was read of shared libraries to link
// them (Debian's Mesa brings all of LLVM, 44 MiB of which nothing is called afterwards). What is called again comes
// back from the page cache, a page at a time. Any thread, at any time; some milliseconds.
#ifndef EINLASS_BASE_TRIM_H
#define EINLASS_BASE_TRIM_H

void trim_memory(void);

#endif
