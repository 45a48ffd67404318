// lines.h -- small files of lines "key=value" that other programs of this machine write for the kiosk. Any thread.
#ifndef EINLASS_APP_LINES_H
#define EINLASS_APP_LINES_H

#include <stddef.h>

enum { LINES_MOST_BYTES = 4096 };

char *lines_read(const char *path); // yours to free(); NULL: no such file, or it is too large (the log says so)
// The first one of that key, showable; "" = there is none.
void lines_value(const char *lines, const char *key, char *out, size_t out_size);

#endif
