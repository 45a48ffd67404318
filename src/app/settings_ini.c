#define LOG_MODULE "config"

#include "app/settings.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINE_MOST_BYTES = 198, MOST_SETTINGS = 64 }; // inih as Debian builds it holds lines of INI_MAX_LINE 200

struct reading_of_file {
    FILE *file;
    const char *path;
    struct settings *settings;
    int line; // the one inih is looking at
    bool has_complaint;
    bool is_given[MOST_SETTINGS];
};

static void complain(struct reading_of_file *reading, const char *section, const char *key, const char *words)
{
    reading->has_complaint = true;
    log_error("%s:%d: [%s] %s: %s", reading->path, reading->line, section, key, words);
}

// inih asks for one line at a time and calls back before the next, so counting here numbers the callbacks.
static char *next_line(char *line, int size, void *owner)
{
    struct reading_of_file *reading = owner;

    if (!fgets(line, size, reading->file)) return NULL;
    reading->line++;
    if (!strchr(line, '\n') && !feof(reading->file)) {
        int rest;
        reading->has_complaint = true;
        log_error("%s:%d: line is longer than %d bytes", reading->path, reading->line, LINE_MOST_BYTES);
        while ((rest = fgetc(reading->file)) != EOF && rest != '\n') continue;
        line[0] = '\0';
    }
    // A leading blank would continue the value before; whoever takes away only the '#' of "# list = 2" doesn't mean
    // that.
    memmove(line, line + strspn(line, " \t"), strlen(line + strspn(line, " \t")) + 1);
    return line;
}

static int take_pair(void *owner, const char *section, const char *key, const char *value)
{
    struct reading_of_file *reading = owner;
    char complaint[SETTING_COMPLAINT_SIZE];
    const struct setting *setting = setting_find(section, key);

    if (!setting) {
        complain(reading, section, key, "there is no such setting (see the comments in the shipped kiosk.conf)");
        return 1;
    }
    bool *is_given = &reading->is_given[setting - setting_at(0)];
    if (*is_given) complain(reading, section, key, "stands here a second time");
    *is_given = true;
    if (*value == '\0') value = setting->fallback; // an empty value is the default
    if (*value == '\0' && setting->kind == SETTING_KEY) return 1;
    if (setting_set(setting, value, reading->settings, complaint) != STATUS_OK)
        complain(reading, section, key, complaint);
    return 1; // go on: all complaints at once
}

static enum status open_plain_file(const char *path, FILE **out)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); // a named pipe must not keep us waiting
    struct stat facts;

    if (fd < 0) {
        int error = errno;
        log_error("can't open configuration file=%s: %s", path, strerror(error));
        return error == ENOENT ? STATUS_MISSING : STATUS_INVALID;
    }
    if (fstat(fd, &facts) != 0 || !S_ISREG(facts.st_mode) || !(*out = fdopen(fd, "r"))) {
        log_error("is no plain file file=%s", path);
        close(fd);
        return STATUS_INVALID;
    }
    return STATUS_OK;
}

enum status settings_read_file(const char *path, struct settings *settings)
{
    struct reading_of_file reading = {.path = path, .settings = settings};
    enum status status = open_plain_file(path, &reading.file);

    if (status != STATUS_OK) return status;
    int bad_line = ini_parse_stream(next_line, &reading, take_pair, &reading);
    if (bad_line > 0 && !reading.has_complaint) {
        reading.has_complaint = true;
        log_error("%s:%d: is neither [section] nor key = value", path, bad_line);
    }
    if (ferror(reading.file)) {
        reading.has_complaint = true;
        log_error("can't read configuration file=%s", path);
    }
    fclose(reading.file);
    return reading.has_complaint ? STATUS_INVALID : STATUS_OK;
}
