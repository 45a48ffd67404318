#define LOG_MODULE "scanner"

#include "scanner/serial.h"

#include "base/log.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct serial {
    int fd;
};

static const struct {
    int baud;
    speed_t speed;
} speeds[] = {
    {1200, B1200},   {2400, B2400},   {4800, B4800},   {9600, B9600},
    {19200, B19200}, {38400, B38400}, {57600, B57600}, {115200, B115200},
};

static bool find_speed(int baud, speed_t *out)
{
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        if (speeds[i].baud != baud) continue;
        *out = speeds[i].speed;
        return true;
    }
    return false;
}

static bool set_up(int fd, speed_t speed)
{
    struct termios mode;

    if (ioctl(fd, TIOCEXCL) != 0 || tcgetattr(fd, &mode) != 0) return false;
    cfmakeraw(&mode);
    mode.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | PARENB);
    mode.c_cflag |= CS8 | CREAD | CLOCAL;
    mode.c_iflag &= ~(tcflag_t)(IXOFF | IXANY | INPCK);
    mode.c_cc[VMIN] = 1; // so that a read of nothing is EAGAIN, and of 0 bytes the end
    mode.c_cc[VTIME] = 0;
    if (cfsetspeed(&mode, speed) != 0 || tcsetattr(fd, TCSANOW, &mode) != 0) return false;
    return tcflush(fd, TCIFLUSH) == 0; // what came before we set the speed is no text
}

static enum status status_of(int error)
{
    if (error == ENOENT || error == ENODEV || error == ENXIO || error == EIO) return STATUS_MISSING;
    return error == ENOTTY || error == EINVAL ? STATUS_INVALID : STATUS_LATER;
}

enum status serial_open(const struct serial_config *config, struct serial **out)
{
    struct serial *serial = mem_zero(sizeof *serial);
    speed_t speed;
    int error = EINVAL;

    serial->fd = -1;
    if (!find_speed(config->baud, &speed)) goto fail;
    serial->fd = open(config->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (serial->fd < 0 || !set_up(serial->fd, speed)) {
        error = errno;
        goto fail;
    }
    *out = serial;
    return STATUS_OK;
fail:
    if (!config->is_retry)
        log_warn("can't open the serial scanner device=%s baud=%d: %s%s", config->path, config->baud, strerror(error),
                 error == EACCES ? " (the kiosk's user must be in the group dialout)" : "");
    serial_close(serial);
    return status_of(error);
}

int serial_descriptor(const struct serial *serial)
{
    return serial->fd;
}

enum status serial_read(struct serial *serial, char *out, size_t out_bytes, size_t *length_out)
{
    ssize_t length = read(serial->fd, out, out_bytes);

    if (length > 0) *length_out = (size_t)length;
    if (length > 0) return STATUS_OK;
    return length < 0 && (errno == EAGAIN || errno == EINTR) ? STATUS_LATER : STATUS_GONE;
}

void serial_close(struct serial *serial)
{
    if (!serial) return;
    if (serial->fd >= 0) close(serial->fd);
    free(serial);
}
