#define LOG_MODULE "scanner"

#include "app/hands.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/text.h"
#include "scanner/scanners.h"

#include <stdlib.h>
#include <string.h>

struct hands {
    struct keyboard_source *source; // NULL: no keyboards
    struct layout *layout;          // NULL: digits only
    struct scanners *scanners;
};

enum status hands_open(const struct settings *settings, const struct hands_config *hands_config, struct hands **out)
{
    struct hands *hands = mem_zero(sizeof *hands);
    bool wants_keyboards = strcmp(settings->scanner_keyboard, "none") != 0;

    if (wants_keyboards && keyboard_source_udev_open(&hands->source) != STATUS_OK) hands->source = NULL;
    if (hands->source && layout_xkb_open(settings->scanner_layout, &hands->layout) != STATUS_OK) {
        log_warn("scanners that type can read tickets, but no codes with other characters than digits");
        hands->layout = NULL;
    }
    struct scanners_config config = {
        .clock = hands_config->clock,
        .watch = hands_config->watch,
        .source = hands->source,
        .layout = hands->layout,
        .baud = settings->scanner_baud,
        .quiet_ms = settings->scan_quiet_ms,
        .codes = hands_config->codes,
        .present = hands_config->present,
    };
    text_copy(config.keyboard, sizeof config.keyboard, settings->scanner_keyboard);
    text_copy(config.serial, sizeof config.serial, settings->scanner_serial);
    enum status status = scanners_open(&config, &hands->scanners);
    if (status != STATUS_OK) {
        hands_close(hands);
        return status;
    }
    *out = hands;
    return STATUS_OK;
}

void hands_start(struct hands *hands)
{
    scanners_start(hands->scanners);
}

void hands_close(struct hands *hands)
{
    if (!hands) return;
    scanners_close(hands->scanners);
    layout_close(hands->layout);
    keyboard_source_close(hands->source);
    free(hands);
}
