// Whatever a code contains: it is refused, or it is the one text of a ticket.
#include "ticket/ticket.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    struct ticket ticket;
    struct ticket_flaw flaw;
    char again[TICKET_TEXT_SIZE];

    if (ticket_parse(text, length, &ticket, &flaw) != STATUS_OK) {
        assert(flaw.what != TICKET_FAULT_NONE && flaw.at <= length);
        return 0;
    }
    ticket_write(&ticket, again);
    if (length > TICKET_TEXT_DIGITS && text[0] == '\\') { // the tolerated escape
        text += 7;
        length -= 7;
    }
    assert(length >= TICKET_TEXT_DIGITS && length <= TICKET_TEXT_DIGITS + 2);
    assert(memcmp(text, again, TICKET_TEXT_DIGITS) == 0);
    return 0;
}
