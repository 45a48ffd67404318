#include "support/mdns.h"

#include "support/check.h"
#include "support/folder.h"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, LOOK_MS = 20, PATH_BYTES = 160 };

struct mdns {
    struct folder folder;
    pid_t bus, daemon;
};

static const char bus_conf[] =
    "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
    "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
    "<busconfig><listen>unix:path=%s/bus</listen><auth>EXTERNAL</auth><policy context=\"default\">"
    "<allow user=\"*\"/><allow own=\"*\"/><allow send_destination=\"*\"/><allow send_type=\"signal\"/>"
    "<allow receive_type=\"method_call\"/><allow receive_type=\"method_return\"/><allow receive_type=\"error\"/>"
    "<allow receive_type=\"signal\"/></policy></busconfig>\n";
static const char avahi_conf[] = "[server]\nhost-name=pruefung\nallow-interfaces=lo\nuse-ipv6=no\nenable-dbus=yes\n"
                                 "[wide-area]\nenable-wide-area=no\n[publish]\npublish-workstation=no\n";

extern char **environ;

static pid_t begin(char *const words[])
{
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, words[0], &actions, NULL, words, environ) != 0) pid = 0;
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void end(pid_t *pid)
{
    if (*pid > 0) {
        kill(*pid, SIGTERM);
        waitpid(*pid, NULL, 0);
    }
    *pid = 0;
}

static bool appears(const char *path, pid_t of)
{
    struct stat facts;

    for (int waited_ms = 0; waited_ms < PATIENCE_MS; waited_ms += LOOK_MS) {
        if (stat(path, &facts) == 0) return true;
        if (waitpid(of, NULL, WNOHANG) != 0) return false;
        usleep(LOOK_MS * 1000);
    }
    return false;
}

static bool raise_loopback(void)
{
    struct ifreq request = {.ifr_name = "lo"};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool is_up = ioctl(fd, SIOCGIFFLAGS, &request) == 0;

    request.ifr_flags |= IFF_UP | IFF_MULTICAST;
    is_up = is_up && ioctl(fd, SIOCSIFFLAGS, &request) == 0;
    close(fd);
    return is_up;
}

static void write_conf(const struct mdns *mdns, const char *name, const char *format)
{
    char path[PATH_BYTES];

    snprintf(path, sizeof path, "%s/%s", mdns->folder.path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, format, mdns->folder.path);
    fclose(file);
}

static const char *enter(void)
{
    if (unshare(CLONE_NEWNET | CLONE_NEWNS) != 0) return "no right to make a network of its own";
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 || mount("tmpfs", "/run", "tmpfs", 0, NULL) != 0)
        return "no right to mount";
    return raise_loopback() ? NULL : "no loopback";
}

static const char *start_bus(struct mdns *mdns)
{
    char address[PATH_BYTES], file[PATH_BYTES], socket_path[PATH_BYTES];

    snprintf(address, sizeof address, "unix:path=%s/bus", mdns->folder.path);
    snprintf(file, sizeof file, "--config-file=%s/bus.conf", mdns->folder.path);
    snprintf(socket_path, sizeof socket_path, "%s/bus", mdns->folder.path);
    setenv("DBUS_SYSTEM_BUS_ADDRESS", address, 1);
    mdns->bus = begin((char *[]){"dbus-daemon", file, "--nofork", NULL});
    return mdns->bus && appears(socket_path, mdns->bus) ? NULL : "no dbus-daemon";
}

const char *mdns_start_daemon(struct mdns *mdns)
{
    char file[PATH_BYTES];

    snprintf(file, sizeof file, "%s/avahi.conf", mdns->folder.path);
    unlink("/run/avahi-daemon/socket");
    mdns->daemon = begin((char *[]){"avahi-daemon", "-f", file, "--no-drop-root", "--no-chroot", "--no-rlimits", NULL});
    return mdns->daemon && appears("/run/avahi-daemon/socket", mdns->daemon) ? NULL : "no avahi-daemon";
}

void mdns_stop_daemon(struct mdns *mdns)
{
    end(&mdns->daemon);
}

const char *mdns_open(struct mdns **out)
{
    struct mdns *mdns = calloc(1, sizeof *mdns);
    const char *why = enter();

    assert_non_null(mdns);
    folder_make(&mdns->folder);
    if (!why) {
        write_conf(mdns, "bus.conf", bus_conf);
        write_conf(mdns, "avahi.conf", avahi_conf);
        why = start_bus(mdns);
    }
    if (!why) why = mdns_start_daemon(mdns);
    if (!why) *out = mdns;
    else mdns_close(mdns);
    return why;
}

void mdns_close(struct mdns *mdns)
{
    if (!mdns) return;
    end(&mdns->daemon);
    end(&mdns->bus);
    folder_remove(&mdns->folder);
    free(mdns);
}
