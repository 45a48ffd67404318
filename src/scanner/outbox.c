#define LOG_MODULE "scanner"

#include "scanner/outbox.h"

#include "base/log.h"

void outbox_init(struct outbox *outbox, int64_t quiet_ms, struct queue *desk)
{
    *outbox = (struct outbox){.debounce.quiet_ms = quiet_ms, .desk = desk};
    queue_init(&outbox->waiting, sizeof(struct code), OUTBOX_MOST_WAITING, NULL);
}

void outbox_destroy(struct outbox *outbox)
{
    queue_destroy(&outbox->waiting);
}

static bool is_new(struct outbox *outbox, struct code *code, int64_t began_ms)
{
    int64_t ended_ms = code->mono_ms;

    code->mono_ms = began_ms;
    bool is_new_then = debounce_is_new(&outbox->debounce, code);
    code->mono_ms = ended_ms;
    (void)debounce_is_new(&outbox->debounce, code); // seen until now, whatever it is called
    return is_new_then;
}

enum status outbox_put(struct outbox *outbox, struct code *code, int64_t began_ms)
{
    if (!is_new(outbox, code, began_ms)) return STATUS_OK;
    enum status status = queue_put(&outbox->waiting, code);
    if (status == STATUS_OK) return STATUS_OK;
    int64_t ended_ms = code->mono_ms;
    debounce_forget(&outbox->debounce, code); // new at its end, if it took long
    code->mono_ms = began_ms;
    debounce_forget(&outbox->debounce, code);
    code->mono_ms = ended_ms;
    return status;
}

bool outbox_empty(struct outbox *outbox)
{
    for (;;) {
        if (!outbox->has_offered) outbox->has_offered = queue_take(&outbox->waiting, &outbox->offered);
        if (!outbox->has_offered) break;
        if (queue_put(outbox->desk, &outbox->offered) != STATUS_OK) {
            if (!outbox->is_refused) log_warn("the desk is busy; scanned codes wait");
            outbox->is_refused = true; // until none waits any more: one after the other is no news
            return false;
        }
        outbox->has_offered = false;
    }
    outbox->is_refused = false;
    return true;
}
