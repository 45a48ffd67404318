// server_key.h -- whose key is in a server's certificate: SHA-256 of its SubjectPublicKeyInfo, as pins are made of it.
// Only the way to the key is read (RFC 5280, DER); whether the certificate is any good is not asked. Pure; any thread.
#ifndef EINLASS_SYNC_SERVER_KEY_H
#define EINLASS_SYNC_SERVER_KEY_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

enum { SERVER_KEY_BYTES = 32, SERVER_KEY_MOST_DER = 16 * 1024 };

// INVALID: no certificate.
enum status server_key_of_pem(const char *pem, uint8_t out[SERVER_KEY_BYTES]) MUST_CHECK;
enum status server_key_of_der(const uint8_t *der, size_t length, uint8_t out[SERVER_KEY_BYTES]) MUST_CHECK;

#endif
