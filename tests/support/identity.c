#include "support/identity.h"

#include "support/check.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>

struct identity {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
    gnutls_certificate_credentials_t credentials;
    uint8_t key_hash[IDENTITY_KEY_BYTES];
    char pem[8192];
};

static void must(int result)
{
    if (result < 0) fail_msg("GnuTLS: %s", gnutls_strerror(result));
}

static void name_it(gnutls_x509_crt_t certificate, const char *name)
{
    uint8_t address[4];

    must(gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, (unsigned)strlen(name)));
    if (inet_pton(AF_INET, name, address) == 1)
        must(gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_IPADDRESS, address, sizeof address, 0));
    else must(gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name), 0));
}

static void hash_key(struct identity *identity)
{
    gnutls_pubkey_t key;
    gnutls_datum_t der;

    must(gnutls_pubkey_init(&key));
    must(gnutls_pubkey_import_x509(key, identity->certificate, 0));
    must(gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der));
    must(gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, identity->key_hash));
    gnutls_free(der.data);
    gnutls_pubkey_deinit(key);
}

struct identity *identity_make(const struct identity_wish *wish)
{
    struct identity *identity = calloc(1, sizeof *identity);
    const struct identity *issuer = wish->issuer ? wish->issuer : identity;
    static const uint8_t serial[] = {0x17};
    size_t size = sizeof identity->pem;

    assert_non_null(identity);
    must(gnutls_x509_privkey_init(&identity->key));
    must(gnutls_x509_privkey_generate(identity->key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
                                      0));
    must(gnutls_x509_crt_init(&identity->certificate));
    must(gnutls_x509_crt_set_version(identity->certificate, 3));
    must(gnutls_x509_crt_set_serial(identity->certificate, serial, sizeof serial));
    must(gnutls_x509_crt_set_activation_time(identity->certificate, wish->from));
    must(gnutls_x509_crt_set_expiration_time(identity->certificate, wish->until));
    must(gnutls_x509_crt_set_key(identity->certificate, identity->key));
    must(gnutls_x509_crt_set_basic_constraints(identity->certificate, wish->issuer ? 0 : 1, -1));
    name_it(identity->certificate, wish->name);
    must(gnutls_x509_crt_sign2(identity->certificate, issuer->certificate, issuer->key, GNUTLS_DIG_SHA256, 0));
    must(gnutls_x509_crt_export(identity->certificate, GNUTLS_X509_FMT_PEM, identity->pem, &size));
    hash_key(identity);
    must(gnutls_certificate_allocate_credentials(&identity->credentials));
    must(gnutls_certificate_set_x509_key(identity->credentials, &identity->certificate, 1, identity->key));
    return identity;
}

void identity_free(struct identity *identity)
{
    if (!identity) return;
    gnutls_certificate_free_credentials(identity->credentials);
    gnutls_x509_crt_deinit(identity->certificate);
    gnutls_x509_privkey_deinit(identity->key);
    free(identity);
}

const uint8_t *identity_key(const struct identity *identity)
{
    return identity->key_hash;
}

const char *identity_pem(const struct identity *identity)
{
    return identity->pem;
}

void *identity_credentials(const struct identity *identity)
{
    return identity->credentials;
}
