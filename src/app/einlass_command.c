#include "app/einlass_command.h"

#include "base/log.h"
#include "base/mem.h"
#include "office/zone.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct command *const commands[] = {
    &command_event_create,     &command_event_list,       &command_event_show,
    &command_roster_import,    &command_roster_list,      &command_ticket_issue,
    &command_ticket_show,      &command_event_export,     &command_event_publish,
    &command_office,           &command_hub_join,         &command_clerk_add,
    &command_clerk_list,       &command_clerk_remove,     &command_kiosk_pair,
    &command_kiosk_list,       &command_kiosk_revoke,     &command_kiosk_add,
    &command_kiosk_remove,     &command_log_import,       &command_log_rebuild,
    &command_log_verify,       &command_report_headcount, &command_report_attendance,
    &command_report_conflicts, &command_report_walk_ins,  NULL,
};

static void list_commands(FILE *to, const char *noun) // NULL: of every noun
{
    for (size_t i = 0; commands[i]; i++)
        if (!noun || strcmp(commands[i]->noun, noun) == 0)
            fprintf(to, "  %-7s %-10s %s\n", commands[i]->noun, commands[i]->verb, commands[i]->summary);
}

static void help(const char *noun) // NULL: of every noun
{
    puts("einlass -- the office's side of event check-in: events, rosters, tickets.\n\n"
         "Usage: einlass NOUN [VERB] [OPTION]…      einlass NOUN [VERB] --help\n");
    list_commands(stdout, noun);
    if (!noun)
        puts("\nFrom nothing to an open door: event create, roster import, ticket issue; event publish, clerk add;\n"
             "office (it goes on running), and beside it kiosk pair. After changes: event publish.");
    puts("\nEvents and rosters stay in one file, the book (--book FILE, usually ./einlass.book). It holds names and "
         "the\n"
         "keys that sign tickets. What kiosks bring stays beside it (einlass.book.records). Keep both safe, and a "
         "copy.");
}

static const struct command *find_command(const char *noun, const char *verb)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->noun, noun) == 0 && strcmp(commands[i]->verb, verb) == 0) return commands[i];
    return NULL;
}

// Of "NOUN VERB …", or of a noun that is a command by itself; skip_out: how many words that were.
static const struct command *choose_command(int argc, char **argv, int *skip_out)
{
    const struct command *command = argc > 2 ? find_command(argv[1], argv[2]) : NULL;

    *skip_out = 3;
    if (command || argc < 2) return command;
    *skip_out = 2;
    return find_command(argv[1], "");
}

static bool is_noun(const char *word)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->noun, word) == 0) return true;
    return false;
}

// What was typed is no command: the nearest thing that is known.
static int explain(int argc, char **argv)
{
    if (argc > 1 && is_noun(argv[1])) {
        fprintf(stderr, "einlass: '%s %s' is no command; there are\n", argv[1], argc > 2 ? argv[2] : "");
        list_commands(stderr, argv[1]);
    } else if (argc > 1) {
        fprintf(stderr, "einlass: '%s' is no command\n", argv[1]);
    } else {
        fputs("einlass: what to do?\n", stderr);
    }
    fputs("See: einlass --help\n", stderr);
    return EXIT_USAGE;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
    return false;
}

static int run(int argc, char **argv)
{
    struct arguments arguments;
    int code, skip;
    const struct command *command = choose_command(argc, argv, &skip);

    if (argc == 2 && strcmp(argv[1], "--version") == 0) return puts("einlass " EINLASS_VERSION) < 0;
    if (asks_for_help(argc, argv)) {
        if (command) arguments_help(command);
        else help(argc > 2 && is_noun(argv[1]) ? argv[1] : NULL);
        return EXIT_FINE;
    }
    if (!command) return explain(argc, argv);
    if ((code = arguments_read(command, argc - skip, argv + skip, &arguments)) != EXIT_FINE) return code;
    return command->run(&arguments);
}

int einlass_run(int argc, char **argv)
{
    log_set_plain();
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    (void)umask(077); // whatever this program writes is keys or names
    int code = run(argc, argv);
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    fprintf(stderr, "einlass: the answer above is cut off; it can't be written: %s\n", strerror(errno));
    return code == EXIT_FINE ? EXIT_FAILED : code;
}

// What a clerk can do about it; the log has said what happened.
static const char *remedy(enum status status)
{
    switch (status) {
    case STATUS_INVALID:
        return "this can't be done as it is; the line above says why";
    case STATUS_MISSING:
        return "it is not there; is the name right?";
    case STATUS_CORRUPT:
        return "the file is damaged; leave it as it is, and go on with your copy of it";
    case STATUS_OK:
    case STATUS_LATER:
    case STATUS_GONE:
        break;
    }
    return "is the disk full or write-protected, or does another program use the file? See to it and try again";
}

int command_failed(const char *what, enum status status)
{
    fprintf(stderr, "einlass: %s: %s\n", what, remedy(status));
    return EXIT_FAILED;
}

int command_make_folder(const char *path)
{
    struct stat facts;

    if (mkdir(path, 0700) == 0) return EXIT_FINE;
    if (errno == EEXIST && stat(path, &facts) == 0 && S_ISDIR(facts.st_mode)) return EXIT_FINE;
    fprintf(stderr, "einlass: can't use the folder %s: %s\n", path, strerror(errno));
    return EXIT_FAILED;
}

const char *work_book_path(const struct arguments *arguments)
{
    const char *path = argument(arguments, "book");
    return path ? path : "einlass.book";
}

int work_try_open(const struct arguments *arguments, struct work *out)
{
    const char *path = work_book_path(arguments);
    enum status status = book_open(path, &out->book);

    if (status == STATUS_OK || status == STATUS_MISSING) return EXIT_FINE;
    if (status != STATUS_INVALID) return command_failed(path, status);
    fprintf(stderr, "einlass: %s can't be used as a book; is the name right?\n", path);
    return EXIT_FAILED;
}

int work_open(const struct arguments *arguments, struct work *out)
{
    int code = work_try_open(arguments, out);

    if (code != EXIT_FINE || out->book) return code;
    fprintf(stderr, "einlass: there is no book %s; name it with --book, or make one: einlass event create\n",
            work_book_path(arguments));
    return EXIT_FAILED;
}

// The one named by --event, or the only one.
static int choose_event(const struct arguments *arguments, struct work *work, uint32_t *out)
{
    uint32_t second;

    if (!argument_number(arguments, "event", 1, UINT32_MAX, 0, out)) return EXIT_USAGE;
    if (*out) return EXIT_FINE;
    enum status status = book_next_event(work->book, 0, out);
    if (status == STATUS_MISSING) {
        fputs("einlass: the book has no event yet; make one: einlass event create\n", stderr);
        return EXIT_FAILED;
    }
    if (status == STATUS_OK) status = book_next_event(work->book, *out, &second);
    if (status == STATUS_MISSING) return EXIT_FINE;
    if (status != STATUS_OK) return command_failed("can't read the book", status);
    fputs("einlass: the book has several events; choose one with --event N (see: einlass event list)\n", stderr);
    return EXIT_USAGE;
}

int work_open_event(const struct arguments *arguments, struct work *out)
{
    uint32_t number;
    enum status status;
    int code;

    if ((code = work_open(arguments, out)) != EXIT_FINE) return code;
    if ((code = choose_event(arguments, out, &number)) != EXIT_FINE) return code;
    out->event = mem_zero(sizeof *out->event);
    status = book_find_event(out->book, number, out->event);
    if (status == STATUS_MISSING) {
        fprintf(stderr, "einlass: the book has no event %u (see: einlass event list)\n", number);
        return EXIT_FAILED;
    }
    if (status == STATUS_OK) status = zone_use(out->event->zone);
    return status == STATUS_OK ? EXIT_FINE : command_failed("can't read the event", status);
}

void work_close(struct work *work)
{
    book_close(work->book);
    free(work->event);
    *work = (struct work){0};
}
