#include "service/offer.h"

#include "base/text.h"
#include "service/memo.h"

#include <stdio.h>
#include <string.h>

enum status offer_keep_way(struct inbox *inbox, const struct offer_way *way)
{
    char pin[PAIRING_PIN_SIZE] = "CA";
    enum status status = memo_prepare(inbox);

    if (way->is_pinned) pairing_write_pin(way->pin, pin);
    if (status == STATUS_OK) status = memo_write(inbox, "url", way->url);
    if (status == STATUS_OK) status = memo_write(inbox, "pin", pin);
    return status;
}

static enum status read_way(struct inbox *inbox, struct pairing_offer *out)
{
    char pin[PAIRING_PIN_SIZE];
    enum status status = memo_prepare(inbox);

    if (status == STATUS_OK) status = memo_read(inbox, "url", out->url, sizeof out->url);
    if (status == STATUS_OK) status = memo_read(inbox, "pin", pin, sizeof pin);
    if (status != STATUS_OK) return status;
    out->is_pinned = strcmp(pin, "CA") != 0;
    return out->is_pinned ? pairing_read_pin(pin, out->pin) : STATUS_OK;
}

// As people will read it in lists and on other kiosks' screens.
enum status offer_make(struct inbox *inbox, const char *name, uint32_t event, bool is_hub,
                       char text_out[PAIRING_TEXT_SIZE])
{
    struct pairing_offer offer = {0};
    enum status status;

    if (!text_is_name(name, PAIRING_NAME_SIZE)) return STATUS_INVALID;
    if ((status = read_way(inbox, &offer)) != STATUS_OK) return status;
    status = inbox_offer(inbox, name, event, is_hub, OFFER_GOOD_MINUTES * 60 * 1000, offer.code);
    return status == STATUS_OK ? pairing_write_offer(&offer, text_out) : status;
}
