#include "sync/server_key.h"

#include <sodium.h>
#include <stdbool.h>
#include <string.h>

enum { DER_SEQUENCE = 0x30, DER_VERSION = 0xA0 };

struct der { // what is left to read
    const uint8_t *at;
    size_t left;
};

// The next element as a whole, and what is in it. False: there is none, or it is longer than what is there.
static bool take(struct der *from, uint8_t *tag_out, struct der *whole_out, struct der *inside_out)
{
    size_t head = 2, length, digits;

    if (from->left < head) return false;
    *tag_out = from->at[0];
    length = from->at[1];
    if (length >= 0x80) {
        digits = length & 0x7F;
        if (digits == 0 || digits > 3 || from->left < head + digits) return false;
        length = 0;
        for (size_t i = 0; i < digits; i++) length = length << 8 | from->at[head + i];
        head += digits;
    }
    if (length > from->left - head) return false;
    *whole_out = (struct der){from->at, head + length};
    *inside_out = (struct der){from->at + head, length};
    from->at += head + length;
    from->left -= head + length;
    return true;
}

enum status server_key_of_der(const uint8_t *der, size_t length, uint8_t out[SERVER_KEY_BYTES])
{
    enum { BEFORE_KEY = 5 }; // serial number, signature, issuer, validity, subject
    struct der rest = {der, length}, whole, inside;
    uint8_t tag;

    if (!take(&rest, &tag, &whole, &inside) || tag != DER_SEQUENCE) return STATUS_INVALID; // Certificate
    rest = inside;
    if (!take(&rest, &tag, &whole, &inside) || tag != DER_SEQUENCE) return STATUS_INVALID; // what was signed
    rest = inside;
    if (!take(&rest, &tag, &whole, &inside)) return STATUS_INVALID;
    for (int i = tag == DER_VERSION ? 0 : 1; i < BEFORE_KEY; i++)
        if (!take(&rest, &tag, &whole, &inside)) return STATUS_INVALID;
    if (!take(&rest, &tag, &whole, &inside) || tag != DER_SEQUENCE) return STATUS_INVALID;
    crypto_hash_sha256(out, whole.at, whole.left);
    return STATUS_OK;
}

enum status server_key_of_pem(const char *pem, uint8_t out[SERVER_KEY_BYTES])
{
    static const char begin[] = "-----BEGIN CERTIFICATE-----";
    const char *from = strstr(pem, begin), *to = from ? strstr(from, "-----END") : NULL;
    uint8_t der[SERVER_KEY_MOST_DER];
    size_t length;

    if (!to) return STATUS_INVALID;
    from += strlen(begin);
    if (sodium_base642bin(der, sizeof der, from, (size_t)(to - from), "\r\n ", &length, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return STATUS_INVALID;
    return server_key_of_der(der, length, out);
}
