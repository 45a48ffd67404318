#define LOG_MODULE "event"

#include "app/assemble.h"

#include "base/file.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { SIGNATURE_HEX = 2 * TICKET_SIGNATURE_BYTES };

static enum status read_signature(const char *event_path, uint8_t signature_out[TICKET_SIGNATURE_BYTES])
{
    char path[SETTING_PATH_SIZE + 8];
    uint8_t *hex = NULL;
    size_t length;

    snprintf(path, sizeof path, "%s.sig", event_path);
    enum status status = file_read(path, SIGNATURE_HEX + 2, &hex, &length);
    if (status != STATUS_OK) return status;
    while (length > 0 && strchr("\r\n", hex[length - 1])) hex[--length] = '\0';
    status = text_unhex((const char *)hex, signature_out, TICKET_SIGNATURE_BYTES);
    if (status != STATUS_OK) log_error("is no signature (%d hexadecimal digits) file=%s", SIGNATURE_HEX, path);
    free(hex);
    return status;
}

enum status event_file_read(const char *path, uint8_t **bytes_out, size_t *length_out,
                            uint8_t signature_out[TICKET_SIGNATURE_BYTES])
{
    enum status status = read_signature(path, signature_out);

    if (status != STATUS_OK) return status;
    return file_read(path, EVENT_FILE_MAX_BYTES, bytes_out, length_out);
}
