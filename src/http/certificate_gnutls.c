#define LOG_MODULE "http"

#include "http/certificate.h"

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"

#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_FILE_BYTES = 64 * 1024, SERIAL_BYTES = 16, KEY_MODE = 0600, CERTIFICATE_MODE = 0644 };

static const time_t from_2020 = 1577836800, until_2040 = 2208988800; // UTC

// While they are looked at, or made.
struct pair {
    gnutls_x509_privkey_t key;
    gnutls_x509_crt_t certificate;
};

static enum status pair_open(struct pair *out)
{
    *out = (struct pair){0};
    if (gnutls_x509_privkey_init(&out->key) < 0) return STATUS_LATER;
    return gnutls_x509_crt_init(&out->certificate) < 0 ? STATUS_LATER : STATUS_OK;
}

static void pair_close(struct pair *pair)
{
    if (pair->key) gnutls_x509_privkey_deinit(pair->key);
    if (pair->certificate) gnutls_x509_crt_deinit(pair->certificate);
}

// ---- looking ----

static enum status judge(struct pair *pair, const struct certificate *certificate, uint8_t pin[CERTIFICATE_PIN_BYTES])
{
    gnutls_datum_t key_pem = {(unsigned char *)certificate->key_pem, (unsigned)strlen(certificate->key_pem)};
    gnutls_datum_t pem = {(unsigned char *)certificate->certificate_pem,
                          (unsigned)strlen(certificate->certificate_pem)};
    uint8_t of_key[CERTIFICATE_PIN_BYTES];
    size_t size = sizeof of_key;

    if (gnutls_x509_privkey_import2(pair->key, &key_pem, GNUTLS_X509_FMT_PEM, NULL, 0) < 0) return STATUS_INVALID;
    if (gnutls_x509_crt_import(pair->certificate, &pem, GNUTLS_X509_FMT_PEM) < 0) return STATUS_INVALID;
    if (gnutls_x509_privkey_get_key_id(pair->key, GNUTLS_KEYID_USE_SHA256, of_key, &size) < 0) return STATUS_INVALID;
    size = CERTIFICATE_PIN_BYTES;
    if (gnutls_x509_crt_get_key_id(pair->certificate, GNUTLS_KEYID_USE_SHA256, pin, &size) < 0) return STATUS_INVALID;
    return memcmp(of_key, pin, sizeof of_key) == 0 ? STATUS_OK : STATUS_INVALID;
}

static enum status read_pem(const char *path, char **out)
{
    uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = file_read(path, MOST_FILE_BYTES, &bytes, &length);

    if (status == STATUS_OK) *out = (char *)bytes;
    return status;
}

enum status certificate_load(const char *key_path, const char *certificate_path, struct certificate **out)
{
    struct certificate *certificate = mem_zero(sizeof *certificate);
    struct pair pair = {0};
    enum status status;

    if ((status = read_pem(key_path, &certificate->key_pem)) != STATUS_OK) goto fail;
    if ((status = read_pem(certificate_path, &certificate->certificate_pem)) != STATUS_OK) goto fail;
    if ((status = pair_open(&pair)) != STATUS_OK) goto fail;
    if ((status = judge(&pair, certificate, certificate->pin)) != STATUS_OK) goto fail;
    pair_close(&pair);
    *out = certificate;
    return STATUS_OK;
fail:
    log_error("key and certificate can't be used: %s key=%s certificate=%s", status_words(status), key_path,
              certificate_path);
    pair_close(&pair);
    certificate_close(certificate);
    return status;
}

// ---- making ----

static bool sign_own(struct pair *pair)
{
    static const char name[] = "Einlass";
    gnutls_x509_crt_t certificate = pair->certificate;
    uint8_t serial[SERIAL_BYTES];

    if (gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial) < 0) return false;
    serial[0] &= 0x7F; // a positive number
    return gnutls_x509_crt_set_version(certificate, 3) >= 0 &&
           gnutls_x509_crt_set_serial(certificate, serial, sizeof serial) >= 0 &&
           gnutls_x509_crt_set_dn_by_oid(certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name, sizeof name - 1) >= 0 &&
           gnutls_x509_crt_set_subject_alt_name(certificate, GNUTLS_SAN_DNSNAME, "localhost", strlen("localhost"),
                                                GNUTLS_FSAN_SET) >= 0 &&
           gnutls_x509_crt_set_activation_time(certificate, from_2020) >= 0 &&
           gnutls_x509_crt_set_expiration_time(certificate, until_2040) >= 0 &&
           gnutls_x509_crt_set_key_usage(certificate, GNUTLS_KEY_DIGITAL_SIGNATURE) >= 0 &&
           gnutls_x509_crt_set_key(certificate, pair->key) >= 0 &&
           gnutls_x509_crt_sign2(certificate, certificate, pair->key, GNUTLS_DIG_SHA256, 0) >= 0;
}

static enum status write_pem(const char *path, gnutls_datum_t *pem, unsigned mode)
{
    enum status status = file_write(path, pem->data, pem->size, mode);

    gnutls_memset(pem->data, 0, pem->size);
    gnutls_free(pem->data);
    return status;
}

static enum status make_key(struct pair *pair, const char *path)
{
    gnutls_datum_t pem = {0};
    unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);

    if (gnutls_x509_privkey_generate(pair->key, GNUTLS_PK_ECDSA, bits, 0) < 0) return STATUS_LATER;
    if (gnutls_x509_privkey_export2_pkcs8(pair->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &pem) < 0)
        return STATUS_LATER;
    return write_pem(path, &pem, KEY_MODE);
}

// A key without a certificate is what a power cut in between left: kiosks may have its pin, so it stays.
static enum status find_key(struct pair *pair, const char *path)
{
    gnutls_datum_t pem;
    char *text = NULL;
    enum status status;

    if (access(path, F_OK) != 0) return make_key(pair, path);
    if ((status = read_pem(path, &text)) != STATUS_OK) return status;
    pem = (gnutls_datum_t){(unsigned char *)text, (unsigned)strlen(text)};
    if (gnutls_x509_privkey_import2(pair->key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0) < 0) status = STATUS_INVALID;
    gnutls_memset(pem.data, 0, pem.size);
    free(text);
    return status;
}

static enum status make(const char *key_path, const char *certificate_path)
{
    gnutls_datum_t pem = {0};
    struct pair pair;
    enum status status;

    if ((status = pair_open(&pair)) != STATUS_OK) goto finish;
    if ((status = find_key(&pair, key_path)) != STATUS_OK) goto finish;
    status = STATUS_LATER;
    if (!sign_own(&pair) || gnutls_x509_crt_export2(pair.certificate, GNUTLS_X509_FMT_PEM, &pem) < 0) goto finish;
    status = write_pem(certificate_path, &pem, CERTIFICATE_MODE);
finish:
    pair_close(&pair);
    if (status == STATUS_OK) log_info("made a certificate of our own path=%s", certificate_path);
    else log_error("can't make a certificate: %s path=%s", status_words(status), certificate_path);
    return status;
}

enum status certificate_keep(const char *base, struct certificate **out)
{
    char key_path[PATH_MAX], certificate_path[PATH_MAX];
    enum status status = STATUS_OK;

    if (snprintf(key_path, sizeof key_path, "%s.key.pem", base) >= (int)sizeof key_path) return STATUS_INVALID;
    if (snprintf(certificate_path, sizeof certificate_path, "%s.cert.pem", base) >= (int)sizeof certificate_path)
        return STATUS_INVALID;
    if (access(certificate_path, F_OK) != 0) status = make(key_path, certificate_path);
    if (status != STATUS_OK) return status;
    return certificate_load(key_path, certificate_path, out);
}

void certificate_close(struct certificate *certificate)
{
    if (!certificate) return;
    if (certificate->key_pem) explicit_bzero(certificate->key_pem, strlen(certificate->key_pem));
    free(certificate->key_pem);
    free(certificate->certificate_pem);
    free(certificate);
}
