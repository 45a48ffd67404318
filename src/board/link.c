#define LOG_MODULE "board"

#include "board/board.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECRET_BYTES = 32 };

void board_new_token(char out[BOARD_TOKEN_SIZE])
{
    unsigned char bytes[(BOARD_TOKEN_SIZE - 1) / 2];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(out, BOARD_TOKEN_SIZE, bytes, sizeof bytes);
}

// Behind the #, so that no browser sends it to any server or writes it into a log.
void board_link(const char *origin, const char *path, const char *token, char out[BOARD_LINK_SIZE])
{
    snprintf(out, BOARD_LINK_SIZE, "%s%s#%s", origin, path, token);
}

// ---- a token that stays ----

static enum status make_secret(const char *path, uint8_t secret[SECRET_BYTES])
{
    char hex[2 * SECRET_BYTES + 2];

    randombytes_buf(secret, SECRET_BYTES);
    text_hex(secret, SECRET_BYTES, hex);
    hex[2 * SECRET_BYTES] = '\n';
    enum status status = file_write(path, hex, 2 * SECRET_BYTES + 1, 0600);
    sodium_memzero(hex, sizeof hex);
    return status;
}

static enum status keep_secret(const char *path, uint8_t secret[SECRET_BYTES])
{
    uint8_t *bytes = NULL;
    size_t length = 0;

    if (access(path, F_OK) != 0) return make_secret(path, secret);
    enum status status = file_read(path, 2 * SECRET_BYTES + 1, &bytes, &length);

    if (status != STATUS_OK) return status;
    if (length > 0 && bytes[length - 1] == '\n') bytes[--length] = '\0';
    if (length != strlen((const char *)bytes)) status = STATUS_INVALID;
    else status = text_unhex((const char *)bytes, secret, SECRET_BYTES);
    free(bytes);
    if (status != STATUS_OK) log_error("is no board's secret; move it away to get a new one file=%s", path);
    return status;
}

enum status board_keep_token(const char *secret_path, uint32_t event, char out[BOARD_TOKEN_SIZE])
{
    uint8_t secret[SECRET_BYTES], hash[(BOARD_TOKEN_SIZE - 1) / 2];
    char purpose[48];
    enum status status = keep_secret(secret_path, secret);

    if (status != STATUS_OK) return status;
    size_t length = (size_t)snprintf(purpose, sizeof purpose, "einlass-board/token/%u", event);
    crypto_generichash(hash, sizeof hash, (const unsigned char *)purpose, length, secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
    sodium_bin2hex(out, BOARD_TOKEN_SIZE, hash, sizeof hash);
    return STATUS_OK;
}

void board_cookie(const char token[BOARD_TOKEN_SIZE], char out[BOARD_TOKEN_SIZE])
{
    static const char purpose[] = "einlass-board/cookie";
    unsigned char hash[(BOARD_TOKEN_SIZE - 1) / 2];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), (const unsigned char *)purpose,
                       sizeof purpose - 1);
    sodium_bin2hex(out, BOARD_TOKEN_SIZE, hash, sizeof hash);
}

bool board_is_secret(const char *given, const char secret[BOARD_TOKEN_SIZE])
{
    size_t length = BOARD_TOKEN_SIZE - 1;

    return given && strlen(given) == length && sodium_memcmp(given, secret, length) == 0;
}
