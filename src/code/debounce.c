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

static bool is_worth_less(const struct debounce_slot *slot, const struct debounce_slot *than)
{
    if (slot->is_aside != than->is_aside) return slot->is_aside;
    return slot->seen_ms < than->seen_ms;
}

// A free one, else one of those that mean nothing, else the oldest.
static struct debounce_slot *find_room(struct debounce *debounce)
{
    struct debounce_slot *least = &debounce->slots[0];

    for (int i = 0; i < DEBOUNCE_SLOTS; i++) {
        struct debounce_slot *slot = &debounce->slots[i];
        if (!slot->is_used) return slot;
        if (is_worth_less(slot, least)) least = slot;
    }
    return least;
}

bool debounce_is_new(struct debounce *debounce, const struct code *code)
{
    uint64_t digest = digest_of(code->text, code->length);
    struct debounce_slot *slot = find(debounce, digest, code->length);
    bool is_new = !slot || code->mono_ms - slot->seen_ms >= debounce->quiet_ms;

    if (!slot) slot = find_room(debounce);
    if (is_new)
        *slot = (struct debounce_slot){.is_used = true,
                                       .since_ms = code->mono_ms,
                                       .offered_ms = code->mono_ms,
                                       .length = code->length,
                                       .digest = digest};
    slot->seen_ms = code->mono_ms;
    return is_new;
}

void debounce_note_reading(struct debounce *debounce, int64_t took_ms)
{
    for (int i = 0; i < DEBOUNCE_SLOTS && took_ms > DEBOUNCE_BLIND_MS; i++)
        debounce->slots[i].seen_ms += took_ms - DEBOUNCE_BLIND_MS;
}

// When nothing better will have been beside it for long enough.
static int64_t alone_ms(const struct debounce *debounce, const struct debounce_slot *slot)
{
    int64_t alone_ms = slot->since_ms + DEBOUNCE_STAY_MS;

    for (int i = 0; i < DEBOUNCE_SLOTS; i++) {
        const struct debounce_slot *other = &debounce->slots[i];
        bool is_better = other != slot && other->is_used && !other->is_aside && other->seen_ms >= slot->since_ms;
        if (is_better && other->seen_ms + DEBOUNCE_ALONE_MS > alone_ms) alone_ms = other->seen_ms + DEBOUNCE_ALONE_MS;
    }
    return alone_ms;
}

bool debounce_has_stayed(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find(debounce, digest_of(code->text, code->length), code->length);

    if (!slot || !slot->is_aside || code->mono_ms < alone_ms(debounce, slot)) return false;
    slot->is_aside = false;
    slot->offered_ms = code->mono_ms;
    return true;
}

// The slot of a code whose last offer was this one.
static struct debounce_slot *find_offered(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find(debounce, digest_of(code->text, code->length), code->length);

    return slot && slot->offered_ms == code->mono_ms ? slot : NULL;
}

void debounce_put_aside(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find_offered(debounce, code);

    if (slot) slot->is_aside = true;
}

void debounce_forget(struct debounce *debounce, const struct code *code)
{
    struct debounce_slot *slot = find_offered(debounce, code);

    if (slot) slot->is_used = false;
}
