// Whatever a line of a log contains: it is refused, or writing it again gives a line that reads and is written the
// same (the office reads lines of kiosks it doesn't trust).
#include "record/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char line[RECORD_LINE_SIZE], again[RECORD_LINE_SIZE];
    struct record record;
    uint64_t seq, seq_again;

    if (record_parse_line((const char *)bytes, length, &record, &seq) != STATUS_OK) return 0;
    assert(seq > 0 && strlen(record.gate) < sizeof record.gate && record.ticket < UINT64_C(1) << 48);
    if (record_write_line(&record, seq, line) != STATUS_OK) abort();
    assert(strlen(line) <= length + 2 && !strchr(line, '\n'));
    if (record_parse_line(line, strlen(line), &record, &seq_again) != STATUS_OK) abort();
    if (record_write_line(&record, seq_again, again) != STATUS_OK) abort();
    assert(seq == seq_again && strcmp(line, again) == 0);
    return 0;
}
