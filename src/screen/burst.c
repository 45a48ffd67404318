#include "screen/burst.h"

#include "scanner/wedge.h"
#include "screen/input.h"

static bool is_typed(enum input_kind kind)
{
    return kind == INPUT_TEXT || kind == INPUT_ENTER || kind == INPUT_ERASE || kind == INPUT_STEP ||
           kind == INPUT_ARROW || kind == INPUT_ESCAPE;
}

// As quick as a scanner, over all keys of it.
static bool is_quick(const struct burst *burst, uint32_t now_ms)
{
    return now_ms - burst->began_ms <= (uint32_t)burst->count * WEDGE_SCANNER_MS;
}

static bool pass_text(struct burst *burst, struct input *input, uint32_t now_ms)
{
    if (burst->count == 0 || now_ms - burst->last_ms > BURST_GAP_MS) *burst = (struct burst){.began_ms = now_ms};
    burst->last_ms = now_ms;
    burst->count++;
    burst->is_found = burst->count >= WEDGE_BURST_KEYS && is_quick(burst, now_ms);
    if (burst->is_found)
        *input = (struct input){.kind = INPUT_TAKE_BACK, .x = burst->count - 1}; // this one isn't written
    return true;
}

bool burst_pass(struct burst *burst, struct input *input, uint32_t now_ms)
{
    if (!is_typed(input->kind)) return true;
    if (burst->is_found && now_ms - burst->last_ms <= BURST_QUIET_MS) {
        if (now_ms - burst->last_ms <= BURST_ON_MS) burst->last_ms = now_ms;
        return false;
    }
    burst->is_found = false;
    if (input->kind == INPUT_TEXT) return pass_text(burst, input, now_ms);
    bool is_scanned = burst->count >= BURST_ENTER_KEYS && is_quick(burst, now_ms);
    burst->count = 0;
    return !is_scanned;
}
