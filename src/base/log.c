#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 1024 };

// The one mutable file-scope variable of the house.
static struct {
    enum log_level most;
    bool is_plain;
} settings = {.most = LOG_INFO};

void log_set_level(enum log_level most)
{
    settings.most = most;
}

void log_set_plain(void)
{
    settings.is_plain = true;
}

// One line stays one, and moves no terminal's cursor, whatever a device or a file calls itself.
static void make_plain(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F) text[i] = ' ';
}

void log_write(enum log_level level, const char *module, const char *format, ...)
{
    char line[LINE_MAX_BYTES];
    size_t length = 0;
    va_list arguments;

    if (level > settings.most) return;
    if (!settings.is_plain && !isatty(STDERR_FILENO)) length += (size_t)snprintf(line, sizeof line, "<%d>", (int)level);
    length += (size_t)snprintf(line + length, sizeof line - length, "%s: ", module);
    va_start(arguments, format);
    int wanted = vsnprintf(line + length, sizeof line - length - 1, format, arguments);
    va_end(arguments);
    if (wanted < 0) return;
    length += (size_t)wanted;
    if (length > sizeof line - 2) length = sizeof line - 2; // vsnprintf cut it there
    make_plain(line, length);
    line[length++] = '\n';
    if (write(STDERR_FILENO, line, length) < 0) return; // nobody is left to be told
}
