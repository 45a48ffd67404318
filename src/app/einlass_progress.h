// einlass_progress.h -- says on standard error how far long work has come, from its second second on.
#ifndef EINLASS_APP_EINLASS_PROGRESS_H
#define EINLASS_APP_EINLASS_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
    const char *what; // "tickets"
    int64_t next_ms;
    size_t count;
};

struct progress progress_begin(const char *what);
void progress_tell(void *progress, size_t count); // fits issue.h
void progress_end(struct progress *progress);

#endif
