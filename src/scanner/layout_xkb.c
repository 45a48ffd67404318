#define LOG_MODULE "scanner"

#include "scanner/layout.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <xkbcommon/xkbcommon-keysyms.h>
#include <xkbcommon/xkbcommon.h>

enum {
    EVDEV_OFFSET = 8,   // XKB counts keys from 8; source: evdev keycodes of xkeyboard-config
    DEAD_LAST = 0xFE93, // XKB_KEY_dead_longsolidusoverlay, which older headers lack
};

struct layout {
    struct xkb_context *context;
    struct xkb_keymap *keymap;
    struct xkb_state *state;
    xkb_mod_index_t shift, caps, altgr, num;
};

// "de(nodeadkeys)" is a layout and its variant.
static void split(const char *name, char layout[64], char variant[64])
{
    text_copy(layout, 64, name);
    variant[0] = '\0';
    char *open = strchr(layout, '(');
    if (!open) return;
    *open = '\0';
    text_copy(variant, 64, open + 1);
    variant[strcspn(variant, ")")] = '\0';
}

enum status layout_xkb_open(const char *name, struct layout **out)
{
    struct layout *layout = mem_zero(sizeof *layout);
    char layout_name[64], variant[64];
    struct xkb_rule_names names = {.rules = "evdev", .model = "pc105", .layout = layout_name, .variant = variant};

    split(name, layout_name, variant);
    layout->context = xkb_context_new(XKB_CONTEXT_NO_ENVIRONMENT_NAMES);
    if (!layout->context) goto fail;
    xkb_context_set_log_level(layout->context, XKB_LOG_LEVEL_CRITICAL); // we say it in our own words
    layout->keymap = xkb_keymap_new_from_names(layout->context, &names, XKB_KEYMAP_COMPILE_NO_FLAGS);
    if (!layout->keymap) goto fail;
    layout->state = xkb_state_new(layout->keymap);
    if (!layout->state) goto fail;
    layout->shift = xkb_keymap_mod_get_index(layout->keymap, XKB_MOD_NAME_SHIFT);
    layout->caps = xkb_keymap_mod_get_index(layout->keymap, XKB_MOD_NAME_CAPS);
    layout->altgr = xkb_keymap_mod_get_index(layout->keymap, "Mod5"); // LevelThree of every layout of xkb-data
    layout->num = xkb_keymap_mod_get_index(layout->keymap, XKB_MOD_NAME_NUM);
    *out = layout;
    return STATUS_OK;
fail:
    log_error("there is no such keyboard layout, or the package xkb-data is missing layout=%s", name);
    layout_close(layout);
    return STATUS_INVALID;
}

void layout_close(struct layout *layout)
{
    if (!layout) return;
    xkb_state_unref(layout->state);
    xkb_keymap_unref(layout->keymap);
    xkb_context_unref(layout->context);
    free(layout);
}

static xkb_mod_mask_t bit(xkb_mod_index_t index, bool is_set)
{
    return is_set && index < 32 ? UINT32_C(1) << index : 0;
}

size_t layout_text(struct layout *layout, uint16_t key, unsigned modifiers, char out[LAYOUT_TEXT_SIZE])
{
    if (!layout) return 0;
    xkb_mod_mask_t held = bit(layout->shift, modifiers & LAYOUT_SHIFT) | bit(layout->altgr, modifiers & LAYOUT_ALTGR);
    xkb_mod_mask_t locked = bit(layout->caps, modifiers & LAYOUT_CAPS) | bit(layout->num, true);
    xkb_keycode_t code = (xkb_keycode_t)key + EVDEV_OFFSET;

    (void)xkb_state_update_mask(layout->state, held, 0, locked, 0, 0, 0);
    xkb_keysym_t symbol = xkb_state_key_get_one_sym(layout->state, code);
    if (symbol >= XKB_KEY_dead_grave && symbol <= DEAD_LAST) {
        memcpy(out, "\xFF", 2);
        return 1;
    }
    int length = xkb_state_key_get_utf8(layout->state, code, out, LAYOUT_TEXT_SIZE);
    return length > 0 && length < LAYOUT_TEXT_SIZE ? (size_t)length : 0;
}
