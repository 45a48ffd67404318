// fresh_file.h -- a file that grows beside its place and takes it when it is whole.
// Until finish() the content is in "PATH.new" and what stood at PATH stays there. For files too large to be made in
// memory first; base/file.h writes the others. Threads: one. Failure: LATER, the log says which file and why.
#ifndef EINLASS_OFFICE_FRESH_FILE_H
#define EINLASS_OFFICE_FRESH_FILE_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct fresh_file;

enum status fresh_file_open(const char *path, struct fresh_file **out) MUST_CHECK;
bool fresh_file_write(struct fresh_file *fresh, const void *bytes, size_t length); // false: finish() will fail
enum status fresh_file_finish(struct fresh_file *fresh) MUST_CHECK;                // OK: on the disk, at its place
void fresh_file_close(struct fresh_file *fresh); // NULL is fine; unfinished, nothing of it stays

#endif
