#define LOG_MODULE "device_key"

#include "record/device_key.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <sodium.h>

#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX_LENGTH = 4 * DEVICE_KEY_BYTES };

static enum status make(const char *path, struct device_key *out)
{
    char hex[HEX_LENGTH + 2];
    struct device_key key;

    crypto_sign_keypair(key.public_key, key.secret_key);
    text_hex(key.secret_key, sizeof key.secret_key, hex);
    hex[HEX_LENGTH] = '\n';
    enum status status = file_write(path, hex, HEX_LENGTH + 1, 0600);
    sodium_memzero(hex, sizeof hex);
    if (status != STATUS_OK) return status;
    log_info("made a new device key file=%s", path);
    *out = key;
    return STATUS_OK;
}

static enum status parse(const char *path, uint8_t *bytes, size_t length, struct device_key *out)
{
    struct device_key key;

    if (length > 0 && bytes[length - 1] == '\n') bytes[length - 1] = '\0';
    if (text_unhex((const char *)bytes, key.secret_key, sizeof key.secret_key) != STATUS_OK) {
        log_error(
            "is no device key; restore it from a copy, or move it and the database away to start a new log file=%s",
            path);
        return STATUS_INVALID;
    }
    crypto_sign_ed25519_sk_to_pk(key.public_key, key.secret_key);
    *out = key;
    return STATUS_OK;
}

struct key_path {
    char text[PATH_MAX + 16];
};

static enum status find_path(const char *database_path, struct key_path *out)
{
    char copy[PATH_MAX];

    if (sodium_init() < 0 || strlen(database_path) >= sizeof copy) return STATUS_INVALID;
    text_copy(copy, sizeof copy, database_path);
    snprintf(out->text, sizeof out->text, "%s/device.key", dirname(copy));
    return STATUS_OK;
}

enum status device_key_read(const char *database_path, struct device_key *out)
{
    struct key_path path;
    uint8_t *bytes = NULL;
    size_t length;
    enum status status = find_path(database_path, &path);

    if (status != STATUS_OK) return status;
    if (access(path.text, F_OK) != 0) return STATUS_MISSING;
    if ((status = file_read(path.text, HEX_LENGTH + 1, &bytes, &length)) != STATUS_OK) return status;
    status = parse(path.text, bytes, length, out);
    sodium_memzero(bytes, length);
    free(bytes);
    return status;
}

// A key is made before its database; one made now would fit no log that is there.
static bool has_begun(const char *database_path)
{
    struct stat facts;

    return stat(database_path, &facts) == 0 && facts.st_size > 0;
}

enum status device_key_load(const char *database_path, struct device_key *out)
{
    struct key_path path;
    enum status status = device_key_read(database_path, out);

    if (status != STATUS_MISSING) return status;
    if ((status = find_path(database_path, &path)) != STATUS_OK) return status;
    if (has_begun(database_path)) {
        log_error("the database has lost its device key: copy device.key back beside it, or move the database away to "
                  "start a new log file=%s",
                  path.text);
        return STATUS_MISSING;
    }
    return make(path.text, out);
}
