#define LOG_MODULE "scanner"

#include "scanner/typist.h"

#include "base/log.h"

enum { KEYS_AT_ONCE = 1024 }; // one keyboard doesn't keep the others waiting

void typist_init(struct typist *typist, struct keyboard *keyboard, const struct keyboard_facts *facts,
                 enum keyboard_use use)
{
    *typist = (struct typist){.keyboard = keyboard, .facts = *facts, .use = use};
    wedge_init(&typist->wedge);
}

static void learn(struct typist *typist, enum wedge_pace pace)
{
    if (typist->use == KEYBOARD_USE_WATCH && pace == WEDGE_PACE_SCANNER) {
        typist->use = KEYBOARD_USE_SCANNER;
        typist->is_learned = true;
        log_info("types like a hand scanner, taken as one keys=%zu took_ms=%lld device=%s name=\"%s\"",
                 typist->wedge.count, (long long)(typist->wedge.last_ms - typist->wedge.began_ms), typist->facts.path,
                 typist->facts.name);
    } else if (typist->is_learned && pace == WEDGE_PACE_PERSON) {
        typist->use = KEYBOARD_USE_WATCH;
        typist->is_learned = false;
        log_info("a person types there, given back device=%s name=\"%s\"", typist->facts.path, typist->facts.name);
    }
}

// The line is over: was it a scanner's? A person's is wiped.
static bool is_scanned(struct typist *typist)
{
    learn(typist, wedge_pace(&typist->wedge));
    if (typist->use == KEYBOARD_USE_SCANNER) return true;
    wedge_clear(&typist->wedge);
    return false;
}

static bool take_event(struct typist *typist)
{
    if (wedge_take_pause(&typist->wedge, typist->event.mono_ms)) return is_scanned(typist); // the event waits
    typist->has_event = false;
    return wedge_take_key(&typist->wedge, &typist->event) && is_scanned(typist);
}

// Refused while a key is down: then again the next time.
static void settle(struct typist *typist)
{
    bool wants = typist->use == KEYBOARD_USE_SCANNER;
    const struct keyboard_ops *ops = typist->keyboard->ops;

    if (wants == typist->is_grabbed) return;
    if (ops->grab(typist->keyboard, wants) == STATUS_OK) typist->is_grabbed = wants;
}

enum status typist_read(struct typist *typist, int64_t mono_ms)
{
    for (int i = 0; i < KEYS_AT_ONCE; i++) {
        if (!typist->has_event) {
            enum status status = typist->keyboard->ops->read(typist->keyboard, &typist->event);
            if (status == STATUS_LATER) break;
            if (status != STATUS_OK) return STATUS_GONE;
            typist->has_event = true;
        }
        if (take_event(typist)) return STATUS_OK;
    }
    settle(typist);
    if (!typist->has_event && wedge_take_pause(&typist->wedge, mono_ms) && is_scanned(typist)) return STATUS_OK;
    return STATUS_LATER;
}

int64_t typist_due_ms(const struct typist *typist)
{
    return wedge_due_ms(&typist->wedge);
}
