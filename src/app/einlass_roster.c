// einlass roster …
#include "app/einlass_command.h"
#include "app/einlass_progress.h"

#include "base/file.h"
#include "base/text.h"
#include "office/columns.h"
#include "office/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PREVIEW_ROWS = 3, MOST_NAMED = 100 };

static const struct option import_options[] = {
    OPTION_BOOK,
    OPTION_EVENT,
    {.name = "dry-run", .help = "say what would happen, change nothing"},
    {.name = "skip-bad-rows", .help = "import the good rows although others are refused"},
    {0},
};

// Rows to look at before one believes the rest: what changes before what doesn't, and among those names with letters
// that a wrong charset breaks.
struct preview {
    size_t line, weight;
    enum import_effect effect;
    struct guest guest;
};

struct import_telling {
    struct progress progress;
    size_t preview_count;
    struct preview previews[PREVIEW_ROWS]; // in the file's order
    size_t taken_count, refused_count, doubt_count;
};

static void tell_unused(void *owner, const char *heading)
{
    char shown[200];

    (void)owner;
    text_make_showable(shown, sizeof shown, heading, strlen(heading));
    printf("Column \"%s\" is not used.\n", shown);
}

static void tell_refused(void *owner, size_t line, const char *why)
{
    struct import_telling *telling = owner;
    char shown[400];

    if (telling->refused_count++ == MOST_NAMED) fputs("… and more rows are refused\n", stderr);
    if (telling->refused_count > MOST_NAMED) return;
    text_make_showable(shown, sizeof shown, why, strlen(why));
    fprintf(stderr, "line %zu: %s\n", line, shown);
}

static void tell_doubt(void *owner, size_t line, const char *why)
{
    struct import_telling *telling = owner;

    if (telling->doubt_count++ == MOST_NAMED) fputs("… and there are more such rows\n", stderr);
    if (telling->doubt_count <= MOST_NAMED) fprintf(stderr, "line %zu: please look: %s\n", line, why);
}

static bool is_ascii(const char *text)
{
    while (*text && !(*text & 0x80)) text++;
    return !*text;
}

// Takes the row in for the last one of the least weight, if that is less.
static void tell_taken(void *owner, size_t line, enum import_effect effect, const struct guest *guest)
{
    struct import_telling *telling = owner;
    struct preview *previews = telling->previews;
    bool is_telling = !is_ascii(guest->name) || !is_ascii(guest->company);
    size_t weight = 2u * (effect != IMPORT_UNCHANGED) + is_telling, out = PREVIEW_ROWS - 1;

    progress_tell(&telling->progress, telling->taken_count++);
    if (telling->preview_count == PREVIEW_ROWS) {
        for (size_t i = PREVIEW_ROWS; i-- > 0;)
            if (previews[i].weight < previews[out].weight) out = i;
        if (previews[out].weight >= weight) return;
        memmove(&previews[out], &previews[out + 1], (PREVIEW_ROWS - 1 - out) * sizeof *previews);
        telling->preview_count--;
    }
    previews[telling->preview_count++] = (struct preview){line, weight, effect, *guest};
}

static void print_preview(const struct import_telling *telling)
{
    static const char *const words[IMPORT_EFFECT_COUNT] = {"new", "changed", "unchanged"};
    char name[GUEST_NAME_SIZE], company[GUEST_NAME_SIZE];

    for (size_t i = 0; i < telling->preview_count; i++) {
        const struct preview *shown = &telling->previews[i];
        const struct guest *guest = &shown->guest;
        text_make_showable(name, sizeof name, guest->name, strlen(guest->name));
        text_make_showable(company, sizeof company, guest->company, strlen(guest->company));
        printf("line %zu: %s: %s | %s | class %u | group %u | %s\n", shown->line, words[shown->effect], name, company,
               guest->class_id, guest->group, guest_status_word(guest->status));
    }
}

static int report(const struct import *import, const struct import_report *made)
{
    if (made->is_windows_1252)
        puts("The file is no UTF-8 and was read as Windows-1252. If names look wrong, save it as \"CSV UTF-8\".");
    printf("%zu rows: %zu new, %zu changed, %zu unchanged, %zu refused.\n", made->row_count,
           made->effect_counts[IMPORT_ADDED], made->effect_counts[IMPORT_CHANGED],
           made->effect_counts[IMPORT_UNCHANGED], made->refused_count);
    if (made->absent_count)
        printf("%zu people of the book are not in the file; they stay as they are.\n", made->absent_count);
    if (made->twin_count)
        printf("%zu new people have the name and company of another one; look if they are different people.\n",
               made->twin_count);
    if (made->shared_code_count)
        printf("Codes that another person has too: %zu; the door can't tell such people apart.\n",
               made->shared_code_count);
    if (import->is_dry_run) puts("Nothing was changed (--dry-run).");
    else if (made->is_kept) puts("Imported. Kiosks get it with: einlass event publish");
    else {
        fputs("einlass: nothing was imported; mend the refused rows, or import the others with --skip-bad-rows\n",
              stderr);
        return EXIT_FAILED;
    }
    return made->refused_count && !made->is_kept ? EXIT_FAILED : EXIT_FINE;
}

static int import_file(const struct arguments *arguments, const struct work *work, const uint8_t *bytes, size_t length)
{
    struct import_telling telling = {.progress = progress_begin("rows")};
    struct import import = {
        .book = work->book,
        .event = work->event,
        .is_dry_run = argument(arguments, "dry-run"),
        .skips_bad_rows = argument(arguments, "skip-bad-rows"),
        .owner = &telling,
        .tell_unused = tell_unused,
        .tell_refused = tell_refused,
        .tell_doubt = tell_doubt,
        .tell_taken = tell_taken,
    };
    struct import_report made;
    struct sheet_flaw flaw;
    enum status status = import_roster(&import, bytes, length, &made, &flaw);

    progress_end(&telling.progress);
    if (status == STATUS_OK) {
        print_preview(&telling);
        return report(&import, &made);
    }
    if (status != STATUS_INVALID || !flaw.words[0]) return command_failed("can't import, nothing was changed", status);
    if (flaw.line) fprintf(stderr, "einlass: line %zu: %s; nothing was imported\n", flaw.line, flaw.words);
    else fprintf(stderr, "einlass: %s; nothing was imported\n", flaw.words);
    return EXIT_FAILED;
}

static int import_people(const struct arguments *arguments)
{
    struct work work = {0};
    uint8_t *bytes = NULL;
    size_t length;
    int code = work_open_event(arguments, &work);

    if (code == EXIT_FINE) {
        enum status status = file_read(arguments->operand, SHEET_MAX_BYTES, &bytes, &length);
        if (status == STATUS_OK) code = import_file(arguments, &work, bytes, length);
        else if (status == STATUS_INVALID) {
            fprintf(stderr, "einlass: %s must be a file of at most 50 MiB\n", arguments->operand);
            code = EXIT_FAILED;
        } else code = command_failed(arguments->operand, status);
    }
    free(bytes);
    work_close(&work);
    return code;
}

static void explain(void)
{
    puts("\nThe file: UTF-8 or Windows-1252; columns separated by ; , or tab; the first row names them.\n"
         "Whom a row means: its Ticketnummer, else its Person, else Name and Firma; others are added.\n"
         "Name beside Vorname is the family name.\n"
         "What the file doesn't speak of stays as it is. Headings (case and punctuation don't matter):\n");
    for (enum column column = 0; column < COLUMN_COUNT; column++) {
        printf("  %-13s", column_word(column));
        for (size_t n = 1; column_heading(column, n); n++) printf("%s%s", n > 1 ? ", " : "", column_heading(column, n));
        putchar('\n');
    }
}

const struct command command_roster_import = {
    .noun = "roster",
    .verb = "import",
    .operand = "PEOPLE.csv",
    .summary = "Take the people of a CSV file into an event.",
    .options = import_options,
    .run = import_people,
    .explain = explain,
};
