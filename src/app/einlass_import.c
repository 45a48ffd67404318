// einlass log import: what a kiosk without a network brings on a USB stick. Safe to repeat: the same record is stored
// once, whatever way it comes.
#include "app/einlass_command.h"

#include "app/einlass_progress.h"
#include "base/file.h"
#include "office/inbox.h"
#include "sync/log_file.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_FILE_BYTES = 1024 * 1024 * 1024 };

static const struct option import_options[] = {OPTION_BOOK, OPTION_DATABASE, {0}};

struct import {
    struct inbox *inbox;
    const char *path;
    struct progress progress;
    uint64_t new_count, old_count, walk_in_count;
    size_t done; // records of all files
};

static int refuse(const struct import *import, const char *what, const char *words)
{
    fprintf(stderr, "einlass: %s: %s%s%s\n", import->path, what, *words ? ": " : "", words);
    return EXIT_FAILED;
}

// Each answer of inbox.h, as what a person can do about it.
static int judge(const struct import *import, enum inbox_answer answer, const struct wire_place *place,
                 const struct wire_flaw *flaw)
{
    char words[120];

    switch (answer) {
    case INBOX_TAKEN:
        return EXIT_FINE;
    case INBOX_GAP:
        snprintf(words, sizeof words, "records from %" PRIu64 " on are missing; import the older files first",
                 place->next);
        return refuse(import, words, "");
    case INBOX_FORK:
        snprintf(words, sizeof words, "from record %" PRIu64 " on another kiosk, or a copy of it, wrote otherwise",
                 place->fork_at);
        return refuse(import, words, "the file is kept aside");
    case INBOX_CHAIN:
        return refuse(import, "its records were changed on the way", "the file is kept aside; copy it anew");
    case INBOX_REFUSED:
        return refuse(import, "this is no log of a kiosk", flaw->words);
    }
    return EXIT_FAILED;
}

static int take_batch(struct import *import, const struct log_piece *piece)
{
    struct wire_header header;
    struct wire_place place = {0};
    struct wire_flaw flaw = {{0}};
    enum inbox_answer answer = INBOX_REFUSED;
    uint64_t new_count = 0;
    enum status status =
        inbox_append(import->inbox, NULL, piece->bytes, piece->length, &answer, &place, &new_count, &flaw);

    if (status != STATUS_OK) return command_failed("can't store the records", status);
    int code = judge(import, answer, &place, &flaw);
    if (code != EXIT_FINE) return code;
    const char *end = memchr(piece->bytes, '\n', piece->length);
    if (wire_read_header(piece->bytes, (size_t)(end - piece->bytes), &header, &flaw) != STATUS_OK) return EXIT_FAILED;
    import->new_count += new_count;
    import->old_count += header.count - new_count;
    import->done += header.count;
    progress_tell(&import->progress, import->done);
    return EXIT_FINE;
}

static int take_walk_in(struct import *import, const struct log_piece *piece)
{
    enum status status = inbox_put_blob(import->inbox, piece->hash, piece->salt, piece->blob);

    if (status == STATUS_INVALID) return refuse(import, "a walk-in's data were changed on the way", "");
    if (status != STATUS_OK) return command_failed("can't store a walk-in's data", status);
    import->walk_in_count++;
    return EXIT_FINE;
}

static int take_pieces(struct import *import, const char *bytes, size_t length)
{
    struct log_piece *piece = malloc(sizeof *piece);
    struct wire_flaw flaw = {{0}};
    size_t at = 0;
    int code = piece ? EXIT_FINE : EXIT_FAILED;
    enum status status = STATUS_OK;

    while (code == EXIT_FINE && (status = log_file_next(bytes, length, &at, piece, &flaw)) == STATUS_OK)
        code = piece->kind == LOG_PIECE_BATCH ? take_batch(import, piece) : take_walk_in(import, piece);
    free(piece);
    if (code != EXIT_FINE || status == STATUS_MISSING) return code;
    return refuse(import, "the file is damaged, or no log of a kiosk; what stands before is stored", flaw.words);
}

static int import_file(struct import *import, const char *path)
{
    uint8_t *bytes = NULL;
    size_t length = 0;
    enum status status = file_read(path, MOST_FILE_BYTES, &bytes, &length);

    import->path = path;
    if (status != STATUS_OK) return refuse(import, "not read; name the stick's folder, or its *.einlass-log files", "");
    import->new_count = import->old_count = import->walk_in_count = 0;
    int code = take_pieces(import, (const char *)bytes, length);
    if (code == EXIT_FINE)
        printf("%s: %" PRIu64 " new records, %" PRIu64 " were here already, data of %" PRIu64 " walk-ins\n", path,
               import->new_count, import->old_count, import->walk_in_count);
    free(bytes);
    return code;
}

static int is_log_name(const struct dirent *entry)
{
    static const char end[] = ".einlass-log";
    size_t length = strlen(entry->d_name);

    return length > strlen(end) && strcmp(entry->d_name + length - strlen(end), end) == 0;
}

// What a person sees on the screen is the stick, not its files.
static int import_folder(struct import *import, const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_log_name, alphasort), code = EXIT_FINE;
    char file[PATH_MAX];

    import->path = path;
    if (count <= 0) code = refuse(import, "no records are in this folder (*.einlass-log)", "");
    for (int i = 0; i < count; i++) {
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        int one = import_file(import, file);
        if (one != EXIT_FINE) code = one;
        free(entries[i]);
    }
    free(entries);
    import->path = path; // `file` ends here
    return code;
}

static int import_operand(struct import *import, const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && S_ISDIR(found.st_mode) ? import_folder(import, path) : import_file(import, path);
}

// A file that can't be taken doesn't keep the others out.
static int import_all(const struct arguments *arguments)
{
    struct import import = {.progress = progress_begin("records")};
    int code = records_open(arguments, &import.inbox);

    for (size_t i = 0; code != EXIT_USAGE && import.inbox && i < arguments->operand_count; i++) {
        int one = import_operand(&import, arguments->operands[i]);
        if (one != EXIT_FINE) code = one;
    }
    progress_end(&import.progress);
    inbox_close(import.inbox);
    return code;
}

const struct command command_log_import = {
    .noun = "log",
    .verb = "import",
    .operand = "FILE-OR-STICK…",
    .summary = "Take in what kiosks wrote onto USB sticks (*.einlass-log).",
    .options = import_options,
    .run = import_all,
};
