// pairing.c -- what an office offers, as text (pairing.h; pairing_file.c keeps what came of it).
#include "sync/pairing.h"

#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BITS_PER_DIGIT = 5, PIN_DIGITS = PAIRING_PIN_SIZE - 1, CODE_DIGITS = 10, CODE_HALF = 5 };

static const char offer_word[] = "EINLASS-PAIR/"; // and its version
static const char authorities[] = "CA";

// Source: Crockford, "Base 32".
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// The value of what somebody typed instead of a digit; -1: none.
static int value_of(char typed)
{
    char digit = (char)toupper((unsigned char)typed);
    const char *found;

    if (digit == 'O') digit = '0';
    if (digit == 'I' || digit == 'L') digit = '1';
    found = digit ? strchr(digits, digit) : NULL;
    return found ? (int)(found - digits) : -1;
}

// Most significant bit first; the last digit is filled up with zeros.
static void write_digits(const uint8_t *bytes, size_t byte_count, size_t digit_count, char *out)
{
    for (size_t i = 0; i < digit_count; i++) {
        unsigned value = 0;
        for (size_t bit = i * BITS_PER_DIGIT; bit < (i + 1) * BITS_PER_DIGIT; bit++) {
            unsigned byte = bit / 8 < byte_count ? bytes[bit / 8] : 0;
            value = value << 1 | (byte >> (7 - bit % 8) & 1u);
        }
        out[i] = digits[value];
    }
    out[digit_count] = '\0';
}

void pairing_write_pin(const uint8_t pin[PAIRING_PIN_BYTES], char out[PAIRING_PIN_SIZE])
{
    write_digits(pin, PAIRING_PIN_BYTES, PIN_DIGITS, out);
}

enum status pairing_read_pin(const char *text, uint8_t out[PAIRING_PIN_BYTES])
{
    uint8_t pin[PAIRING_PIN_BYTES] = {0};

    if (strlen(text) != PIN_DIGITS) return STATUS_INVALID;
    for (size_t i = 0; i < PIN_DIGITS * BITS_PER_DIGIT; i++) {
        int value = value_of(text[i / BITS_PER_DIGIT]);
        if (value < 0) return STATUS_INVALID;
        bool is_set = (unsigned)value >> (BITS_PER_DIGIT - 1 - i % BITS_PER_DIGIT) & 1u;
        if (is_set && i / 8 >= sizeof pin) return STATUS_INVALID; // a pin has one text
        if (is_set) pin[i / 8] |= (uint8_t)(0x80u >> i % 8);
    }
    memcpy(out, pin, sizeof pin);
    return STATUS_OK;
}

// "7K3M9QX2VD" as it is printed.
static void print_code(const char code[CODE_DIGITS + 1], char out[PAIRING_CODE_SIZE])
{
    snprintf(out, PAIRING_CODE_SIZE, "%.*s-%s", CODE_HALF, code, code + CODE_HALF);
}

void pairing_write_code(const uint8_t random[PAIRING_CODE_BYTES], char out[PAIRING_CODE_SIZE])
{
    char code[CODE_DIGITS + 1];

    write_digits(random, PAIRING_CODE_BYTES, CODE_DIGITS, code);
    print_code(code, out);
}

// What is left of `text` without spaces and hyphens. False: more than fits.
static bool press(const char *text, char *out, size_t out_size)
{
    size_t used = 0;

    for (; *text; text++) {
        if (isspace((unsigned char)*text) || *text == '-') continue;
        if (used + 1 >= out_size) return false;
        out[used++] = *text;
    }
    out[used] = '\0';
    return true;
}

enum status pairing_read_code(const char *text, char out[PAIRING_CODE_SIZE])
{
    char code[CODE_DIGITS + 1] = "";

    if (!press(text, code, sizeof code) || strlen(code) != CODE_DIGITS) return STATUS_INVALID;
    for (size_t i = 0; i < CODE_DIGITS; i++) {
        int value = value_of(code[i]);
        if (value < 0) return STATUS_INVALID;
        code[i] = digits[value];
    }
    print_code(code, out);
    return STATUS_OK;
}

// ---- the address ----

static bool is_loopback(const char *host, size_t length)
{
    static const char v4[] = "127.";

    if (length == strlen("localhost") && memcmp(host, "localhost", length) == 0) return true;
    if (length == strlen("[::1]") && memcmp(host, "[::1]", length) == 0) return true;
    if (length <= strlen(v4) || memcmp(host, v4, strlen(v4)) != 0) return false;
    for (size_t i = 0; i < length; i++) // 127.evil.example is somebody's name
        if (!strchr("0123456789.", host[i])) return false;
    return true;
}

static bool is_port(const char *text)
{
    size_t length = strlen(text);

    if (length == 0 || length > 5 || strspn(text, "0123456789") != length) return false;
    return atoi(text) >= 1 && atoi(text) <= UINT16_MAX;
}

// How long the host at `text` is, an IPv6 address with its brackets; 0: that is none.
static size_t host_length(const char *text)
{
    size_t length;

    if (*text != '[') return strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789.-");
    length = 1 + strspn(text + 1, "0123456789abcdef:.");
    return length > 1 && text[length] == ']' ? length + 1 : 0;
}

bool pairing_is_url(const char *url)
{
    bool is_secure = strncmp(url, "https://", 8) == 0;
    const char *host = url + (is_secure ? 8 : 7);
    size_t length;

    if (!is_secure && strncmp(url, "http://", 7) != 0) return false;
    if (strlen(url) >= PAIRING_URL_SIZE || (length = host_length(host)) == 0) return false;
    if (!is_secure && !is_loopback(host, length)) return false;
    return host[length] == '\0' || (host[length] == ':' && is_port(host + length + 1));
}

static bool read_url(const char *text, size_t length, char out[PAIRING_URL_SIZE])
{
    if (length > 0 && text[length - 1] == '/') length--;
    if (length >= PAIRING_URL_SIZE) return false;
    for (size_t i = 0; i < length; i++) out[i] = (char)tolower((unsigned char)text[i]);
    out[length] = '\0';
    return pairing_is_url(out);
}

// ---- the offer ----

enum status pairing_write_offer(const struct pairing_offer *offer, char out[PAIRING_TEXT_SIZE])
{
    char pin[PAIRING_PIN_SIZE];
    int length;

    if (!pairing_is_url(offer->url) || strlen(offer->code) != PAIRING_CODE_SIZE - 1) return STATUS_INVALID;
    pairing_write_pin(offer->pin, pin);
    length = snprintf(out, PAIRING_TEXT_SIZE, "%s1 %s %s %s", offer_word, offer->url, offer->code,
                      offer->is_pinned ? pin : authorities);
    if (length < 0 || length >= PAIRING_TEXT_SIZE) return STATUS_INVALID;
    for (char *at = out; *at; at++) *at = (char)toupper((unsigned char)*at);
    return STATUS_OK;
}

static size_t skip_spaces(const char *text, size_t length)
{
    size_t spaces = 0;

    while (spaces < length && isspace((unsigned char)text[spaces])) spaces++;
    return spaces;
}

bool pairing_is_offer(const char *text, size_t length)
{
    size_t spaces = skip_spaces(text, length);

    return length - spaces >= strlen(offer_word) && strncasecmp(text + spaces, offer_word, strlen(offer_word)) == 0;
}

// The next word of `*text`, which moves behind it; what it gives ends where *text then stands.
static const char *next_word(const char **text)
{
    const char *word = *text + skip_spaces(*text, strlen(*text));

    *text = word;
    while (**text && !isspace((unsigned char)**text)) (*text)++;
    return word;
}

// Code and pin, however they were grouped.
static bool read_secrets(const char *text, struct pairing_offer *out)
{
    char pressed[CODE_DIGITS + PIN_DIGITS + 1] = "", code[CODE_DIGITS + 1] = "";
    const char *pin = pressed + CODE_DIGITS;

    if (!press(text, pressed, sizeof pressed) || strlen(pressed) <= CODE_DIGITS) return false;
    memcpy(code, pressed, CODE_DIGITS);
    code[CODE_DIGITS] = '\0';
    if (pairing_read_code(code, out->code) != STATUS_OK) return false;
    if (strcasecmp(pin, authorities) == 0) return true;
    out->is_pinned = true;
    return pairing_read_pin(pin, out->pin) == STATUS_OK;
}

enum status pairing_read_offer(const char *text, size_t length, struct pairing_offer *out)
{
    char copy[PAIRING_TEXT_SIZE] = "";
    struct pairing_offer offer = {0};
    const char *at = copy, *word;

    if (!pairing_is_offer(text, length) || length >= sizeof copy || !text_is_utf8(text, length)) return STATUS_INVALID;
    memcpy(copy, text, length);
    copy[length] = '\0';
    word = next_word(&at);
    if (at - word != sizeof offer_word || at[-1] != '1') return STATUS_INVALID; // a version we don't know
    word = next_word(&at);
    if (!read_url(word, (size_t)(at - word), offer.url) || !read_secrets(at, &offer)) return STATUS_INVALID;
    *out = offer;
    return STATUS_OK;
}
