// einlass_command.h -- what the commands of `einlass` share: their tables, the book and the event they work on.
#ifndef EINLASS_APP_EINLASS_COMMAND_H
#define EINLASS_APP_EINLASS_COMMAND_H

#include "app/einlass_arguments.h"
#include "office/book.h"

#include <limits.h>

extern const struct command command_event_create, command_event_list, command_event_show, command_event_export;
extern const struct command command_roster_import, command_roster_list;
extern const struct command command_ticket_issue, command_ticket_show;
extern const struct command command_event_publish;
extern const struct command command_kiosk_add, command_kiosk_list, command_kiosk_remove;
extern const struct command command_kiosk_pair, command_kiosk_revoke;
extern const struct command command_clerk_add, command_clerk_list, command_clerk_remove;
extern const struct command command_office, command_hub_join;
extern const struct command command_log_verify, command_log_import, command_log_rebuild;
extern const struct command command_report_headcount, command_report_attendance, command_report_conflicts;
extern const struct command command_report_walk_ins;

int einlass_run(int argc, char **argv); // the program; answers its exit code

// Options every command has, for the tables.
#define OPTION_BOOK                                                                                                    \
    {                                                                                                                  \
        .name = "book", .value = "FILE", .help = "the office's book; usually ./einlass.book"                           \
    }
#define OPTION_EVENT                                                                                                   \
    {                                                                                                                  \
        .name = "event", .value = "N", .help = "the event's number; needed when the book has several"                  \
    }

#define OPTION_DATABASE                                                                                                \
    {                                                                                                                  \
        .name = "database", .value = "WHERE",                                                                          \
        .help = "the records: a file or postgresql://…; usually the book's name with .records behind it"             \
    }

// What a command works on. Zero is closed.
struct work {
    struct book *book;
    struct event *event;
};

const char *work_book_path(const struct arguments *arguments);
// Each writes a message and answers an exit code other than EXIT_FINE where it fails; close works then too.
int work_try_open(const struct arguments *arguments, struct work *out);   // the book; fine, and NULL, if there is none
int work_open(const struct arguments *arguments, struct work *out);       // the book
int work_open_event(const struct arguments *arguments, struct work *out); // book, event, and its time zone
void work_close(struct work *work);

// Where the records are; `out` holds a path, or what --database says.
void records_where(const struct arguments *arguments, char out[PATH_MAX]);
// A hub's pairing with the office: what --upstream says, or beside its records. Answers `out`.
const char *upstream_where(const struct arguments *arguments, char out[PATH_MAX]);
bool records_are_there(const char *where); // false: a file that doesn't exist yet
// Opens them (and makes them, if there are none yet); an exit code as above. inbox_close() it.
struct inbox;
int records_open(const struct arguments *arguments, struct inbox **out);
// The one named by --event, or the only one that was published; an exit code as above.
int records_choose_event(const struct arguments *arguments, struct inbox *inbox, uint32_t *out);

// "einlass: what: what to do about it"; answers EXIT_FAILED.
int command_failed(const char *what, enum status status);

// A line of `event show` and `kiosk list` (a kiosk_visitor).
void command_print_kiosk(void *owner, uint8_t kid, const uint8_t public_key[TICKET_PUBLIC_KEY_BYTES], const char *name);

// A folder to write into, made (0700: tickets and rosters are personal) if its parent is there.
int command_make_folder(const char *path);

#endif
