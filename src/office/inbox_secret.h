// inbox_secret.h -- tokens and codes: made from chance, stored as hashes only. Pure; any thread; sodium_init first.
#ifndef EINLASS_OFFICE_INBOX_SECRET_H
#define EINLASS_OFFICE_INBOX_SECRET_H

#include "sync/pairing.h"

enum { INBOX_SECRET_HASH_BYTES = 32 };

void inbox_make_token(char out[PAIRING_TOKEN_SIZE]); // 32 random bytes, base64url
void inbox_make_code(char out[PAIRING_CODE_SIZE]);   // 50 random bits, as printed: "7K3M9-QX2VD"
void inbox_hash_secret(const char *text, uint8_t out[INBOX_SECRET_HASH_BYTES]); // SHA-256: they are long enough

#endif
