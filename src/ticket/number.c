#include "ticket/ticket.h"

#include <assert.h>
#include <string.h>

enum { DIGITS = 10, BITS_PER_DIGIT = 5, CHECK_MODULUS = 37 };

// The first 32 are digits; the rest serve as check characters only. Source: Crockford, "Base 32".
static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U";

void ticket_number_write(uint64_t number, char out[TICKET_NUMBER_TEXT_SIZE])
{
    assert(number >> 48 == 0);
    for (size_t i = 0; i < DIGITS; i++) out[i] = SYMBOLS[number >> BITS_PER_DIGIT * (DIGITS - 1 - i) & 31];
    out[DIGITS] = SYMBOLS[number % CHECK_MODULUS];
    out[DIGITS + 1] = '\0';
}

// What people type instead of the printed character.
static char as_printed(char typed)
{
    if (typed >= 'a' && typed <= 'z') typed = (char)(typed - 'a' + 'A');
    if (typed == 'O') return '0';
    if (typed == 'I' || typed == 'L') return '1';
    return typed;
}

enum status ticket_number_parse(const char *text, uint64_t *out)
{
    uint64_t number = 0;
    size_t count = 0;

    for (; *text; text++) {
        if (*text == ' ' || *text == '-') continue;
        const char *symbol = strchr(SYMBOLS, as_printed(*text));
        uint64_t value = symbol ? (uint64_t)(symbol - SYMBOLS) : CHECK_MODULUS;
        if (count > DIGITS) return STATUS_INVALID;
        if (count == DIGITS && value != number % CHECK_MODULUS) return STATUS_INVALID;
        if (count < DIGITS && value > 31) return STATUS_INVALID;
        if (count < DIGITS) number = number << BITS_PER_DIGIT | value;
        count++;
    }
    if (count != DIGITS + 1 || number >> 48 != 0) return STATUS_INVALID;
    *out = number;
    return STATUS_OK;
}
