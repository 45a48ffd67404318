// file.h -- whole files, bounded on the way in and durable on the way out.
// Any thread. Failures are logged with the path and the system's words.
#ifndef EINLASS_BASE_FILE_H
#define EINLASS_BASE_FILE_H

#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

// Reads all of `path`. `bytes_out` is yours (free()), with a NUL behind the last byte.
// MISSING: no such file; INVALID: larger than `most_bytes`, or not a plain file; LATER: other errors.
enum status file_read(const char *path, size_t most_bytes, uint8_t **bytes_out, size_t *length_out) MUST_CHECK;

// Writes a new file beside `path`, syncs it, renames it over `path`, syncs the folder: after a power
// cut either the old or the new content is there. `mode` as in chmod(2), e.g. 0600 for keys.
enum status file_write(const char *path, const void *bytes, size_t length, unsigned mode) MUST_CHECK;

#endif
