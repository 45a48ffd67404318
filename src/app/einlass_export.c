// einlass event export
#include "app/einlass_command.h"

#include "base/file.h"
#include "base/text.h"
#include "office/publish.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

static const struct option export_options[] = {
    OPTION_BOOK,
    OPTION_EVENT,
    {.name = "out", .value = "DIR", .help = "the folder for the files", .is_required = true},
    {.name = "name", .value = "NAME", .help = "name of the files; usually event-N"},
    {0},
};

static bool is_file_name(const char *name)
{
    return name[0] && name[0] != '.' && !strchr(name, '/') && strlen(name) < 200;
}

enum { ROOT_KEY_DIGITS = 2 * ROOT_KEY_BYTES };

static int write_files(const struct work *work, const char *folder, const char *name)
{
    const struct office_identity *identity = book_identity(work->book);
    struct publication made;
    char path[PATH_MAX], hex[ROOT_KEY_DIGITS + 2];
    enum status status;

    if (snprintf(path, sizeof path, "%s/%s.event.json", folder, name) >= (int)sizeof path - 8) {
        fputs("einlass: the folder's name is too long\n", stderr);
        return EXIT_FAILED;
    }
    if ((status = publish_event(work->book, work->event, path, &made)) != STATUS_OK)
        return command_failed("can't write the event file", status);
    printf("%s: version %u%s, %zu people, %zu bytes\n", path, made.version, made.is_new ? "" : " (unchanged)",
           made.guest_count, made.byte_count);
    snprintf(path, sizeof path, "%s/root.key.pub", folder);
    text_hex(identity->root_public_key, ROOT_KEY_BYTES, hex);
    printf("root key: %s\n", hex);
    hex[ROOT_KEY_DIGITS] = '\n';
    if ((status = file_write(path, hex, ROOT_KEY_DIGITS + 1, 0644)) != STATUS_OK)
        return command_failed("can't write the root key", status);
    return EXIT_FINE;
}

static int export_event(const struct arguments *arguments)
{
    const char *folder = argument(arguments, "out"), *name = argument(arguments, "name");
    struct work work = {0};
    char usual[32];
    int code = EXIT_USAGE;

    if (name && !is_file_name(name)) {
        fprintf(stderr, "einlass: --name must be a plain file name, not '%s'\n", name);
        return EXIT_USAGE;
    }
    if ((code = work_open_event(arguments, &work)) == EXIT_FINE && (code = command_make_folder(folder)) == EXIT_FINE) {
        snprintf(usual, sizeof usual, "event-%u", work.event->number);
        code = write_files(&work, folder, name ? name : usual);
    }
    work_close(&work);
    return code;
}

const struct command command_event_export = {
    .noun = "event",
    .verb = "export",
    .summary = "Write the signed event file for the kiosks.",
    .options = export_options,
    .run = export_event,
};
