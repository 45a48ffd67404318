// compose.h -- one spelling of every letter (port; GLib). Pure; any thread.
#ifndef EINLASS_OFFICE_COMPOSE_H
#define EINLASS_OFFICE_COMPOSE_H

#include <stddef.h>

// Writes `text` (UTF-8) in Normalization Form C: "o" and a combining dieresis, as Macintosh files have it, become "ö".
// `to` gets nothing but a NUL where that does not fit. Source: Unicode Standard Annex #15.
void compose(const char *text, char *to, size_t to_size);

#endif
