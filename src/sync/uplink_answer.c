#include "sync/uplink_answer.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void uplink_answer_begin(struct uplink_answer *answer)
{
    answer->retry_after_s = -1;
    answer->type[0] = '\0';
    answer->etag[0] = '\0';
}

// The value of header `name` in `line`, or NULL; length_out: without spaces around.
static const char *value_of(const char *line, size_t length, const char *name, size_t *length_out)
{
    size_t name_length = strlen(name);

    if (length <= name_length || strncasecmp(line, name, name_length) != 0 || line[name_length] != ':') return NULL;
    line += name_length + 1;
    length -= name_length + 1;
    while (length > 0 && (*line == ' ' || *line == '\t')) {
        line++;
        length--;
    }
    while (length > 0 && strchr(" \t\r\n", line[length - 1])) length--;
    *length_out = length;
    return line;
}

static void keep(const char *value, size_t length, char *out, size_t out_size)
{
    out[0] = '\0';
    if (length < out_size) snprintf(out, out_size, "%.*s", (int)length, value);
}

static int seconds_of(const char *value, size_t length)
{
    char digits[12];
    long seconds;

    keep(value, length, digits, sizeof digits);
    if (!digits[0] || strspn(digits, "0123456789") != strlen(digits)) return -1; // a date: nobody needs one here
    seconds = strtol(digits, NULL, 10);
    return seconds > INT_MAX ? INT_MAX : (int)seconds;
}

void uplink_answer_header(struct uplink_answer *answer, const char *line, size_t length)
{
    const char *value;
    size_t value_length;

    if (length >= 5 && memcmp(line, "HTTP/", 5) == 0) uplink_answer_begin(answer);
    else if ((value = value_of(line, length, "Content-Type", &value_length)))
        keep(value, value_length, answer->type, sizeof answer->type);
    else if ((value = value_of(line, length, "ETag", &value_length)))
        keep(value, value_length, answer->etag, sizeof answer->etag);
    else if ((value = value_of(line, length, "Retry-After", &value_length)))
        answer->retry_after_s = seconds_of(value, value_length);
}

static bool is_type(const char *type, const char *expected)
{
    size_t length = strlen(expected);

    return strncasecmp(type, expected, length) == 0 && (type[length] == '\0' || strchr("; ", type[length]));
}

static bool only_asks_for_patience(int status)
{
    return status == 408 || status == 413 || status == 429 || (status >= 500 && status <= 504);
}

enum status uplink_answer_judge(struct uplink_answer *answer, const struct uplink_request *request)
{
    if (answer->status == 304 && request->if_none_match) return STATUS_OK;
    if (answer->status >= 200 && (answer->status < 300 || answer->status >= 400) &&
        (is_type(answer->type, UPLINK_JSON) || is_type(answer->type, UPLINK_EVENT_FILE)))
        return STATUS_OK;
    if (only_asks_for_patience(answer->status)) {
        answer->body = "";
        answer->length = 0;
        return STATUS_OK;
    }
    answer->trouble = UPLINK_NO_OFFICE;
    return STATUS_LATER;
}
