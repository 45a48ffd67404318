#include "app/einlass_progress.h"

#include "base/clock.h"

#include <stdio.h>
#include <unistd.h>

enum { FIRST_MS = 1000, TERMINAL_MS = 200, FILE_MS = 5000 };

static int64_t now_ms(void)
{
    struct clock *clock = clock_system();
    return clock->ops->mono_ms(clock);
}

struct progress progress_begin(const char *what)
{
    return (struct progress){.what = what, .next_ms = now_ms() + FIRST_MS};
}

void progress_tell(void *owner, size_t count)
{
    struct progress *progress = owner;
    bool is_terminal = isatty(STDERR_FILENO);
    int64_t now = now_ms();

    if (now < progress->next_ms) return;
    fprintf(stderr, is_terminal ? "\r%zu %s …" : "%zu %s …\n", count, progress->what);
    progress->next_ms = now + (is_terminal ? TERMINAL_MS : FILE_MS);
    progress->count = count;
}

void progress_end(struct progress *progress)
{
    if (progress->count && isatty(STDERR_FILENO)) fputs("\r\033[K", stderr);
}
