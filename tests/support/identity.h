// identity.h -- keys and certificates for servers in tests (GnuTLS): of any name and any time, of an authority or of
// themselves.
#ifndef EINLASS_TESTS_SUPPORT_IDENTITY_H
#define EINLASS_TESTS_SUPPORT_IDENTITY_H

#include <stdint.h>
#include <time.h>

enum { IDENTITY_KEY_BYTES = 32 };

struct identity_wish {
    const char *name; // a DNS name or an address in figures
    time_t from, until;
    const struct identity *issuer; // NULL: itself, as an authority
};
struct identity;
struct identity *identity_make(const struct identity_wish *wish);
void identity_free(struct identity *identity);
const uint8_t *identity_key(const struct identity *identity); // SHA-256 of its SubjectPublicKeyInfo
const char *identity_pem(const struct identity *identity);    // its certificate
void *identity_credentials(const struct identity *identity);  // gnutls_certificate_credentials_t

#endif
