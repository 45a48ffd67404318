#include "base/watch.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

void watch_init(struct watch *watch)
{
    *watch = (struct watch){0};
    pthread_mutex_init(&watch->lock, NULL);
}

void watch_destroy(struct watch *watch)
{
    assert(watch->count == 0);
    pthread_mutex_destroy(&watch->lock);
}

void watch_join(struct watch *watch, struct watch_mark *mark, const char *name, int64_t due_mono_ms)
{
    mark->name = name;
    watch_promise(mark, due_mono_ms);
    pthread_mutex_lock(&watch->lock);
    assert(watch->count < WATCH_MOST);
    watch->marks[watch->count++] = mark;
    pthread_mutex_unlock(&watch->lock);
}

void watch_leave(struct watch *watch, struct watch_mark *mark)
{
    size_t at = 0;

    pthread_mutex_lock(&watch->lock);
    while (at < watch->count && watch->marks[at] != mark) at++;
    if (at < watch->count) watch->marks[at] = watch->marks[--watch->count];
    pthread_mutex_unlock(&watch->lock);
}

void watch_promise(struct watch_mark *mark, int64_t due_mono_ms)
{
    atomic_store_explicit(&mark->due_mono_ms, due_mono_ms, memory_order_relaxed);
}

bool watch_late(struct watch *watch, int64_t mono_ms, char names_out[WATCH_NAMES_SIZE])
{
    size_t used = 0;

    names_out[0] = '\0';
    pthread_mutex_lock(&watch->lock);
    for (size_t i = 0; i < watch->count; i++) {
        const struct watch_mark *mark = watch->marks[i];
        if (mono_ms <= atomic_load_explicit(&mark->due_mono_ms, memory_order_relaxed)) continue;
        text_copy(names_out + used, WATCH_NAMES_SIZE - used, used ? " " : "");
        used += strlen(names_out + used);
        text_copy(names_out + used, WATCH_NAMES_SIZE - used, mark->name);
        used += strlen(names_out + used);
    }
    pthread_mutex_unlock(&watch->lock);
    return used > 0;
}
