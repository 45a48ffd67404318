// einlass ticket …
#include "app/einlass_command.h"
#include "app/einlass_progress.h"

#include "base/text.h"
#include "office/issue.h"
#include "office/paper.h"

#include <stdio.h>
#include <string.h>

enum { PRACTICE_COUNT = 6 };

static const struct option issue_options[] = {
    OPTION_BOOK,
    OPTION_EVENT,
    {.name = "out", .value = "DIR", .help = "the folder for the files", .is_required = true},
    {.name = "format", .value = "KINDS", .help = "png, svg, pdf, with commas between; usually all three"},
    {.name = "dpi", .value = "N", .help = "of the PNG files, 300 to 1200; usually 300"},
    {.name = "only", .value = "NUMBER", .help = "one ticket, by the number under its code"},
    {.name = "reissue", .help = "issue anew: what was printed before is revoked with the next export"},
    {.name = "practice", .help = "issue practice tickets instead, which are never counted"},
    {0},
};

// "png,pdf"
static bool take_formats(const char *formats, struct issue *out)
{
    const struct {
        const char *word;
        bool *is_wanted;
    } kinds[] = {{"png", &out->makes_png}, {"svg", &out->makes_svg}, {"pdf", &out->makes_pdf}};

    if (!*formats) fputs("einlass: --format needs a kind: png, svg or pdf, or several with commas between\n", stderr);
    for (const char *word = formats; *word;) {
        size_t length = strcspn(word, ","), i = 0;
        while (i < 3 && (strlen(kinds[i].word) != length || strncmp(kinds[i].word, word, length) != 0)) i++;
        if (i == 3) {
            fprintf(stderr, "einlass: --format knows png, svg and pdf, not '%.*s'\n", (int)length, word);
            return false;
        }
        *kinds[i].is_wanted = true;
        word += length + (word[length] == ',');
    }
    return out->makes_png || out->makes_svg || out->makes_pdf;
}

static bool take_number(const char *typed, uint64_t *out)
{
    if (!typed || ticket_number_parse(typed, out) == STATUS_OK) return true;
    fprintf(stderr, "einlass: '%s' is no ticket number; the last character checks the others, so see if one is wrong\n",
            typed);
    return false;
}

static int finish(const struct issue *issue, enum status status, const struct issue_report *made)
{
    if (status == STATUS_MISSING && issue->is_single)
        fputs("einlass: the event has no ticket of that number\n", stderr);
    else if (status == STATUS_MISSING)
        fputs("einlass: nobody is on the roster yet; see: einlass roster import --help\n", stderr);
    else if (status != STATUS_OK) return command_failed("can't issue the tickets", status);
    if (status != STATUS_OK) return EXIT_FAILED;
    printf("%zu ticket%s in %s\n", made->count, made->count == 1 ? "" : "s", issue->folder);
    if (made->barred_count)
        printf("For people who are blocked or canceled: %zu; the door refuses them.\n", made->barred_count);
    if (made->box_count)
        printf("With letters that no font here has, printed as boxes: %zu. Chinese, Japanese and Korean need\n"
               "the package fonts-noto-cjk; install it and issue the tickets again.\n",
               made->box_count);
    return EXIT_FINE;
}

static int issue_into(const struct arguments *arguments, const struct work *work, struct issue issue)
{
    struct progress progress = progress_begin("tickets");
    struct issue_report made = {0};
    enum status status;
    int code = command_make_folder(issue.folder);

    if (code != EXIT_FINE) return code;
    issue.book = work->book;
    issue.event = work->event;
    issue.owner = &progress;
    issue.tell_done = progress_tell;
    if (argument(arguments, "practice")) status = issue_practice(&issue, PRACTICE_COUNT, &made);
    else status = issue_tickets(&issue, &made);
    progress_end(&progress);
    return finish(&issue, status, &made);
}

static int issue_all(const struct arguments *arguments)
{
    const char *formats = argument(arguments, "format");
    struct issue issue = {
        .folder = argument(arguments, "out"),
        .is_reissue = argument(arguments, "reissue"),
        .is_single = argument(arguments, "only"),
    };
    struct work work = {0};
    uint32_t dpi;
    int code;

    if (argument(arguments, "practice") && (issue.is_reissue || issue.is_single)) {
        fputs("einlass: --practice makes tickets that belong to nobody; leave out --reissue and --only\n", stderr);
        return EXIT_USAGE;
    }
    if (!take_formats(formats ? formats : "png,svg,pdf", &issue)) return EXIT_USAGE;
    if (!argument_number(arguments, "dpi", PAPER_LEAST_DPI, PAPER_MOST_DPI, PAPER_LEAST_DPI, &dpi)) return EXIT_USAGE;
    if (!take_number(argument(arguments, "only"), &issue.only)) return EXIT_USAGE;
    issue.dpi = (int)dpi;
    if ((code = work_open_event(arguments, &work)) == EXIT_FINE) code = issue_into(arguments, &work, issue);
    work_close(&work);
    return code;
}

const struct command command_ticket_issue = {
    .noun = "ticket",
    .verb = "issue",
    .summary = "Make the tickets of an event as PNG, SVG and PDF.",
    .options = issue_options,
    .run = issue_all,
};

static const struct option show_options[] = {
    OPTION_BOOK,
    OPTION_EVENT,
    {.name = "text", .help = "also the signed digits that its code holds"},
    {0},
};

static void print_guest(const struct event *event, const struct guest *guest)
{
    const struct event_label *class_label = event_class(event, guest->class_id);
    const struct event_label *group = guest->group ? event_group(event, guest->group) : NULL;
    char number[TICKET_NUMBER_TEXT_SIZE], name[GUEST_NAME_SIZE], company[GUEST_NAME_SIZE], note[GUEST_NOTE_SIZE];

    ticket_number_write(guest->ticket, number);
    text_make_showable(name, sizeof name, guest->name, strlen(guest->name));
    text_make_showable(company, sizeof company, guest->company, strlen(guest->company));
    text_make_showable(note, sizeof note, guest->note, strlen(guest->note));
    printf("ticket     %s, issue %u\nperson     %u\nname       %s\ncompany    %s\n", number,
           guest->least_generation + 1u, guest->person, name, company);
    printf("class      %u %s\ngroup      %u %s\nstatus     %s\nnote       %s\n", guest->class_id,
           class_label ? class_label->name[LANGUAGE_DE] : "", guest->group, group ? group->name[LANGUAGE_DE] : "",
           guest_status_word(guest->status), note);
}

static int show_ticket(const struct arguments *arguments, const struct work *work, uint64_t number)
{
    struct book_guest found;
    char text[TICKET_TEXT_SIZE] = "";
    enum status status = book_find_guest(work->book, work->event->number, number, &found);

    if (status == STATUS_MISSING) {
        fputs("einlass: the event has no ticket of that number\n", stderr);
        return EXIT_FAILED;
    }
    if (status == STATUS_OK) status = issue_text(work->book, work->event, &found.guest, text);
    if (status != STATUS_OK) return command_failed("can't read the ticket", status);
    print_guest(work->event, &found.guest);
    if (argument(arguments, "text")) printf("text       %s\n", text);
    return EXIT_FINE;
}

static int show(const struct arguments *arguments)
{
    struct work work = {0};
    uint64_t number = 0;
    int code;

    if (!take_number(arguments->operand, &number)) return EXIT_USAGE;
    if ((code = work_open_event(arguments, &work)) == EXIT_FINE) code = show_ticket(arguments, &work, number);
    work_close(&work);
    return code;
}

const struct command command_ticket_show = {
    .noun = "ticket",
    .verb = "show",
    .operand = "NUMBER",
    .summary = "Show whose ticket a number is.",
    .options = show_options,
    .run = show,
};
