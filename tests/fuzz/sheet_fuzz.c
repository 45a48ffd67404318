// Whatever a CSV file contains: rows are UTF-8 within their limits and in order, or there is a flaw in words.
#include "base/text.h"
#include "office/columns.h"
#include "office/sheet.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static enum status check_row(void *owner, const struct sheet_row *row)
{
    size_t *last_line = owner;
    struct columns columns;
    char words[160];

    assert(row->line > *last_line);
    assert(row->count <= SHEET_MAX_FIELDS);
    for (size_t i = 0; i < row->count; i++) {
        size_t field_length = strlen(row->fields[i]);
        assert(field_length <= SHEET_MAX_FIELD_BYTES);
        assert(text_is_utf8(row->fields[i], field_length));
    }
    if (*last_line == 0 && columns_read(row, &columns, words, sizeof words) == STATUS_INVALID) assert(words[0]);
    *last_line = row->line;
    return STATUS_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct sheet_flaw flaw = {0};
    size_t last_line = 0;
    enum status status = sheet_read(bytes, length, check_row, &last_line, &flaw);

    assert(status == STATUS_OK || (status == STATUS_INVALID && flaw.words[0]));
    return 0;
}
