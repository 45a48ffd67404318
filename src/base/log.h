// log.h -- one line per change of state, on standard error.
// Line: "<N>module: sentence key=value\n" with the level prefix journald understands (sd-daemon(3));
// without the prefix when standard error is a terminal, or log_set_plain() was called. Each line is one write(2), so
// lines of several threads never mix, and a line that was logged survives the death of the process. Threads: any. Never
// a name, an e-mail or a ticket's text.
#ifndef EINLASS_BASE_LOG_H
#define EINLASS_BASE_LOG_H

enum log_level { LOG_ERROR = 3, LOG_WARN = 4, LOG_INFO = 6, LOG_DEBUG = 7 };

// Both before any thread starts.
void log_set_level(enum log_level most); // LOG_INFO if never called
void log_set_plain(void);                // never a prefix: for programs that people start, not the service manager

__attribute__((format(printf, 3, 4))) void log_write(enum log_level level, const char *module, const char *format, ...);

// A .c file says #define LOG_MODULE "camera" before its first include.
#define log_error(...) log_write(LOG_ERROR, LOG_MODULE, __VA_ARGS__)
#define log_warn(...) log_write(LOG_WARN, LOG_MODULE, __VA_ARGS__)
#define log_info(...) log_write(LOG_INFO, LOG_MODULE, __VA_ARGS__)
#define log_debug(...) log_write(LOG_DEBUG, LOG_MODULE, __VA_ARGS__)

#endif
