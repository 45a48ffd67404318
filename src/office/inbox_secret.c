#include "office/inbox_secret.h"

#include <ctype.h>
#include <sodium.h>
#include <string.h>

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { CODE_CHARACTERS = 10, HYPHEN_AT = 5 };

void inbox_make_token(char out[PAIRING_TOKEN_SIZE])
{
    uint8_t bytes[32];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, PAIRING_TOKEN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void inbox_make_code(char out[PAIRING_CODE_SIZE])
{
    char *to = out;

    for (int i = 0; i < CODE_CHARACTERS; i++) {
        if (i == HYPHEN_AT) *to++ = '-';
        *to++ = crockford[randombytes_uniform(32)];
    }
    *to = '\0';
}

void inbox_hash_secret(const char *text, uint8_t out[INBOX_SECRET_HASH_BYTES])
{
    crypto_hash_sha256(out, (const uint8_t *)text, strlen(text));
}

enum status inbox_plain_code(const char *text, char out[PAIRING_CODE_SIZE])
{
    size_t count = 0;

    for (; *text; text++) {
        char letter = (char)toupper((unsigned char)*text);
        if (letter == '-' || letter == ' ') continue;
        if (letter == 'O') letter = '0';
        if (letter == 'I' || letter == 'L') letter = '1';
        if (count == CODE_CHARACTERS || !strchr(crockford, letter)) return STATUS_INVALID;
        out[count++] = letter;
    }
    out[count] = '\0';
    return count == CODE_CHARACTERS ? STATUS_OK : STATUS_INVALID;
}
