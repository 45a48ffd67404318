#include "ticket/ticket.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
    GROUP_BYTES = 7,
    GROUP_DIGITS = 17,
    GROUP_COUNT = 12, // the last one is shorter
    LAST_GROUP_BYTES = 6,
    LAST_GROUP_DIGITS = 15,
    VERSION = 1,
    FLAG_PRACTICE = 1,
    FLAGS_RESERVED = 0x0E,
};
static_assert((GROUP_COUNT - 1) * GROUP_BYTES + LAST_GROUP_BYTES == TICKET_BYTES, "groups cover the ticket");
static_assert((GROUP_COUNT - 1) * GROUP_DIGITS + LAST_GROUP_DIGITS == TICKET_TEXT_DIGITS, "groups cover the text");

static const char CONTEXT[] = "einlass-ticket/1"; // its NUL is signed too: no other message can begin like this one

static void put_big_endian(uint8_t *out, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) out[i] = (uint8_t)(value >> 8 * (bytes - 1 - i));
}

static uint64_t get_big_endian(const uint8_t *from, size_t bytes)
{
    uint64_t value = 0;

    for (size_t i = 0; i < bytes; i++) value = value << 8 | from[i];
    return value;
}

// What carriers add and no ticket contains: readers that pass on the character set they met, and line ends.
static void strip_carrier(const char **text, size_t *length)
{
    static const char eci[] = "\\000026";
    size_t eci_length = sizeof eci - 1;

    if (*length > 0 && (*text)[*length - 1] == '\n') --*length;
    if (*length > 0 && (*text)[*length - 1] == '\r') --*length;
    if (*length >= eci_length && memcmp(*text, eci, eci_length) == 0) {
        *text += eci_length;
        *length -= eci_length;
    }
}

static struct ticket_flaw digits_to_bytes(const char *digits, uint8_t out[TICKET_BYTES])
{
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        bool is_last = group == GROUP_COUNT - 1;
        size_t bytes = is_last ? LAST_GROUP_BYTES : GROUP_BYTES;
        size_t first = group * GROUP_DIGITS;
        uint64_t value = 0;
        for (size_t i = 0; i < (is_last ? LAST_GROUP_DIGITS : GROUP_DIGITS); i++)
            value = value * 10 + (uint64_t)(digits[first + i] - '0');
        if (value >> 8 * bytes != 0) return (struct ticket_flaw){TICKET_FAULT_GROUP, first};
        put_big_endian(out + group * GROUP_BYTES, value, bytes);
    }
    return (struct ticket_flaw){TICKET_FAULT_NONE, 0};
}

static struct ticket_flaw text_to_bytes(const char *text, size_t length, uint8_t out[TICKET_BYTES])
{
    strip_carrier(&text, &length);
    if (length != TICKET_TEXT_DIGITS) return (struct ticket_flaw){TICKET_FAULT_LENGTH, length};
    for (size_t i = 0; i < length; i++)
        if (text[i] < '0' || text[i] > '9') return (struct ticket_flaw){TICKET_FAULT_DIGITS, i};
    struct ticket_flaw flaw = digits_to_bytes(text, out);
    if (flaw.what == TICKET_FAULT_NONE && (out[0] >> 4 != VERSION || out[0] & FLAGS_RESERVED))
        flaw.what = TICKET_FAULT_FLAGS;
    return flaw;
}

static void body_to_bytes(const struct ticket *ticket, uint8_t out[TICKET_BODY_BYTES])
{
    assert(ticket->number >> 48 == 0);
    out[0] = (uint8_t)(VERSION << 4 | (ticket->is_practice ? FLAG_PRACTICE : 0));
    out[1] = ticket->kid;
    put_big_endian(out + 2, ticket->event, 4);
    put_big_endian(out + 6, ticket->number, 6);
    put_big_endian(out + 12, ticket->from_day, 2);
    put_big_endian(out + 14, ticket->until_day, 2);
    out[16] = ticket->class_id;
    out[17] = ticket->generation;
    out[18] = ticket->group;
}

static void bytes_to_ticket(const uint8_t bytes[TICKET_BYTES], struct ticket *out)
{
    *out = (struct ticket){
        .is_practice = bytes[0] & FLAG_PRACTICE,
        .kid = bytes[1],
        .event = (uint32_t)get_big_endian(bytes + 2, 4),
        .number = get_big_endian(bytes + 6, 6),
        .from_day = (uint16_t)get_big_endian(bytes + 12, 2),
        .until_day = (uint16_t)get_big_endian(bytes + 14, 2),
        .class_id = bytes[16],
        .generation = bytes[17],
        .group = bytes[18],
    };
    memcpy(out->signature, bytes + TICKET_BODY_BYTES, TICKET_SIGNATURE_BYTES);
}

enum status ticket_parse(const char *text, size_t length, struct ticket *out, struct ticket_flaw *flaw_out)
{
    uint8_t bytes[TICKET_BYTES];
    struct ticket_flaw flaw = text_to_bytes(text, length, bytes);

    if (flaw_out) *flaw_out = flaw;
    if (flaw.what != TICKET_FAULT_NONE) return STATUS_INVALID;
    bytes_to_ticket(bytes, out);
    return STATUS_OK;
}

void ticket_write(const struct ticket *ticket, char out[TICKET_TEXT_SIZE])
{
    uint8_t bytes[TICKET_BYTES];

    body_to_bytes(ticket, bytes);
    memcpy(bytes + TICKET_BODY_BYTES, ticket->signature, TICKET_SIGNATURE_BYTES);
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        bool is_last = group == GROUP_COUNT - 1;
        uint64_t value = get_big_endian(bytes + group * GROUP_BYTES, is_last ? LAST_GROUP_BYTES : GROUP_BYTES);
        size_t first = group * GROUP_DIGITS;
        for (size_t i = is_last ? LAST_GROUP_DIGITS : GROUP_DIGITS; i > 0; i--, value /= 10)
            out[first + i - 1] = (char)('0' + value % 10);
    }
    out[TICKET_TEXT_DIGITS] = '\0';
}

enum { SIGNED_BYTES = sizeof CONTEXT + ORGANISATION_BYTES + TICKET_BODY_BYTES };

static void write_signed(const struct ticket *ticket, const uint8_t organisation[ORGANISATION_BYTES],
                         uint8_t out[SIGNED_BYTES])
{
    memcpy(out, CONTEXT, sizeof CONTEXT);
    memcpy(out + sizeof CONTEXT, organisation, ORGANISATION_BYTES);
    body_to_bytes(ticket, out + sizeof CONTEXT + ORGANISATION_BYTES);
}

void ticket_sign(struct ticket *ticket, const uint8_t organisation[ORGANISATION_BYTES],
                 const uint8_t secret_key[TICKET_SECRET_KEY_BYTES])
{
    uint8_t message[SIGNED_BYTES];

    write_signed(ticket, organisation, message);
    int failed = crypto_sign_detached(ticket->signature, NULL, message, sizeof message, secret_key);
    assert(!failed);
}

bool ticket_is_genuine(const struct ticket *ticket, const uint8_t organisation[ORGANISATION_BYTES],
                       const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES])
{
    uint8_t message[SIGNED_BYTES];

    write_signed(ticket, organisation, message);
    return crypto_sign_verify_detached(ticket->signature, message, sizeof message, public_key) == 0;
}
