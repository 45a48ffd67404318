// certificate.h -- a server's TLS key and certificate (GnuTLS): made at the first start, or given.
// Made: ECDSA P-256, self-signed, for 20 years from 2020-01-01 on (a kiosk whose clock says 1970 pins the key, and
// looks at no date). Kept as NAME.key.pem (mode 0600) and NAME.cert.pem. Threads: any one. Failure: INVALID a file is
// there but holds no such thing, or key and certificate don't belong together; LATER not readable or writable. The log
// names the file.
#ifndef EINLASS_HTTP_CERTIFICATE_H
#define EINLASS_HTTP_CERTIFICATE_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

enum { CERTIFICATE_PIN_BYTES = 32 };

struct certificate {
    char *key_pem, *certificate_pem;
    uint8_t pin[CERTIFICATE_PIN_BYTES]; // SHA-256 of the SubjectPublicKeyInfo (RFC 7469)
};

// `base`: a path without ".key.pem". Makes both where neither is there.
enum status certificate_keep(const char *base, struct certificate **out) MUST_CHECK;
enum status certificate_load(const char *key_path, const char *certificate_path, struct certificate **out) MUST_CHECK;
void certificate_close(struct certificate *certificate); // NULL is fine

#endif
