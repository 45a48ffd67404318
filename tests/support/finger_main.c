// finger -- a touch screen that the kernel believes to be plugged in, and a finger on it. Each line of standard input
// is a touch: "X Y MS", X and Y in thousandths of the screen, held that long. At the end of input the screen is pulled
// out. Needs /dev/uinput. Source: the kernel's Documentation/input/multi-touch-protocol.rst, type B.
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define SPAN 1000

static void write_event(int fd, int type, int code, int value)
{
    struct input_event event = {.type = (unsigned short)type, .code = (unsigned short)code, .value = value};

    if (write(fd, &event, sizeof event) != sizeof event) {
        perror("finger: the touch screen takes no event");
        exit(1);
    }
}

static int begin_axis(int fd, int code, int most)
{
    struct uinput_abs_setup axis = {.code = (unsigned short)code, .absinfo = {.maximum = most}};

    return ioctl(fd, UI_SET_ABSBIT, code) | ioctl(fd, UI_ABS_SETUP, &axis);
}

static int plug(void)
{
    struct uinput_setup setup = {.id = {.bustype = BUS_USB, .vendor = 0x1234, .product = 0x5679},
                                 .name = "Test touch screen"};
    int fd = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
    int refused = fd < 0;

    refused = refused || ioctl(fd, UI_SET_EVBIT, EV_KEY) | ioctl(fd, UI_SET_KEYBIT, BTN_TOUCH) |
                             ioctl(fd, UI_SET_EVBIT, EV_ABS) | ioctl(fd, UI_SET_PROPBIT, INPUT_PROP_DIRECT);
    refused = refused || begin_axis(fd, ABS_X, SPAN) | begin_axis(fd, ABS_Y, SPAN) | begin_axis(fd, ABS_MT_SLOT, 9) |
                             begin_axis(fd, ABS_MT_TRACKING_ID, 65535) | begin_axis(fd, ABS_MT_POSITION_X, SPAN) |
                             begin_axis(fd, ABS_MT_POSITION_Y, SPAN);
    refused = refused || ioctl(fd, UI_DEV_SETUP, &setup) | ioctl(fd, UI_DEV_CREATE);
    if (refused) {
        perror("finger: no touch screen can be made");
        exit(1);
    }
    return fd;
}

static void touch(int fd, int number, int x, int y, long ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

    write_event(fd, EV_ABS, ABS_MT_SLOT, 0);
    write_event(fd, EV_ABS, ABS_MT_TRACKING_ID, number);
    write_event(fd, EV_ABS, ABS_MT_POSITION_X, x);
    write_event(fd, EV_ABS, ABS_MT_POSITION_Y, y);
    write_event(fd, EV_KEY, BTN_TOUCH, 1);
    write_event(fd, EV_ABS, ABS_X, x);
    write_event(fd, EV_ABS, ABS_Y, y);
    write_event(fd, EV_SYN, SYN_REPORT, 0);
    nanosleep(&pause, NULL);
    write_event(fd, EV_ABS, ABS_MT_TRACKING_ID, -1);
    write_event(fd, EV_KEY, BTN_TOUCH, 0);
    write_event(fd, EV_SYN, SYN_REPORT, 0);
}

int main(void)
{
    int fd = plug(), x, y;
    long ms;
    char line[64];

    for (int number = 1; fgets(line, sizeof line, stdin); number++)
        if (sscanf(line, "%d %d %ld", &x, &y, &ms) == 3) touch(fd, number, x, y, ms);
    ioctl(fd, UI_DEV_DESTROY);
    close(fd);
    return 0;
}
