// serial.h -- bytes from a serial port: RS-232, or a scanner that is one by USB (CDC-ACM).
// 8 data bits, no parity, 1 stop bit, no flow control, ours alone; it never becomes the terminal that controls us.
// Thread: one. Nothing blocks: poll(2) the descriptor.
// Failure of open: MISSING there is no such device now; LATER busy or forbidden; INVALID it is no serial port, or the
// speed is not one it has. The log says why, unless it is a retry.
// Source: POSIX termios; the kernel's tty_ioctl(4).
#ifndef EINLASS_SCANNER_SERIAL_H
#define EINLASS_SCANNER_SERIAL_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

struct serial_config {
    const char *path; // best of /dev/serial/by-id/, whose names stay
    int baud;
    bool is_retry; // the last attempt failed: say nothing about it in the log
};

struct serial;
enum status serial_open(const struct serial_config *config, struct serial **out) MUST_CHECK;
int serial_descriptor(const struct serial *serial);
// OK: at least one byte. LATER: none now. GONE: unplugged, close it.
enum status serial_read(struct serial *serial, char *out, size_t out_bytes, size_t *length_out) MUST_CHECK;
void serial_close(struct serial *serial); // NULL is fine

#endif
