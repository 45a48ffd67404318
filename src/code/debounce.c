#include "code/debounce.h"

#include <stddef.h>

// FNV-1a. Source: Fowler, Noll, Vo; draft-eastlake-fnv.
static uint64_t text_digest(const struct code *code)
{
    uint64_t digest = 0xCBF29CE484222325U;

    for (size_t i = 0; i < code->length; i++) digest = (digest ^ (uint8_t)code->text[i]) * 0x100000001B3U;
    return digest;
}

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
    uint64_t digest = text_digest(code);
    struct debounce_slot *slot = find(debounce, digest, code->length);
    bool is_new = !slot || code->mono_ms - slot->seen_ms >= debounce->quiet_ms;

    if (!slot) slot = free_or_oldest(debounce);
    *slot = (struct debounce_slot){.is_used = true, .seen_ms = code->mono_ms, .length = code->length, .digest = digest};
    return is_new;
}

void debounce_forget(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find(debounce, text_digest(code), code->length);

    if (slot) slot->is_used = false;
}
