#include "code/debounce.h"

#include "base/digest.h"

#include <stddef.h>

static struct debounce_slot *find(struct debounce *debounce, uint64_t digest, size_t length)
{
    for (int i = 0; i < DEBOUNCE_SLOTS; i++) {
        struct debounce_slot *slot = &debounce->slots[i];
        if (slot->is_used && slot->digest == digest && slot->length == length) return slot;
    }
    return NULL;
}

static struct debounce_slot *free_or_oldest(struct debounce *debounce)
{
    struct debounce_slot *oldest = &debounce->slots[0];

    for (int i = 0; i < DEBOUNCE_SLOTS; i++) {
        struct debounce_slot *slot = &debounce->slots[i];
        if (!slot->is_used) return slot;
        if (slot->seen_ms < oldest->seen_ms) oldest = slot;
    }
    return oldest;
}

bool debounce_is_new(struct debounce *debounce, const struct code *code)
{
    uint64_t digest = digest_of(code->text, code->length);
    struct debounce_slot *slot = find(debounce, digest, code->length);
    bool is_new = !slot || code->mono_ms - slot->seen_ms >= debounce->quiet_ms;

    if (!slot) slot = free_or_oldest(debounce);
    *slot = (struct debounce_slot){.is_used = true,
                                   .seen_ms = code->mono_ms,
                                   .new_ms = is_new ? code->mono_ms : slot->new_ms,
                                   .length = code->length,
                                   .digest = digest};
    return is_new;
}

void debounce_forget(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find(debounce, digest_of(code->text, code->length), code->length);

    if (slot && slot->new_ms == code->mono_ms) slot->is_used = false;
}
