#define LOG_MODULE "kiosk"

#include "app/assemble_parts.h"

#include "base/text.h"

void kiosk_open_board(struct kiosk *kiosk)
{
    const struct settings *settings = &kiosk->settings;
    const struct setting *list = setting_find("kiosk", "list");
    struct live_config config = {
        .clock = kiosk->clock,
        .watch = kiosk->watch,
        .port = (uint16_t)settings->board_port,
        .event = kiosk->event->number,
        .list = kiosk->list->id,
        .sync = kiosk->sync,
        .is_list_fixed = settings->commanded >> (list - setting_at(0)) & 1,
    };

    if (!settings->has_board) return;
    text_copy(config.database, sizeof config.database, settings->database);
    settings_beside_database(settings, "board.secret", config.secret);
    text_copy(config.address, sizeof config.address, settings->board_address);
    text_copy(config.gate, sizeof config.gate, settings->gate);
    enum status status = live_open(&config, &kiosk->live);
    if (status == STATUS_OK) return;
    kiosk->live = NULL;
    log_warn("no headcount page until the next start, the door opens all the same: %s", status_words(status));
}
