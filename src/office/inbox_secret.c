#include "office/inbox_secret.h"

#include <sodium.h>
#include <string.h>

void inbox_make_token(char out[PAIRING_TOKEN_SIZE])
{
    uint8_t bytes[32];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(out, PAIRING_TOKEN_SIZE, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(bytes, sizeof bytes);
}

void inbox_make_code(char out[PAIRING_CODE_SIZE])
{
    uint8_t random[PAIRING_CODE_BYTES];

    randombytes_buf(random, sizeof random);
    pairing_write_code(random, out);
}

void inbox_hash_secret(const char *text, uint8_t out[INBOX_SECRET_HASH_BYTES])
{
    crypto_hash_sha256(out, (const uint8_t *)text, strlen(text));
}
