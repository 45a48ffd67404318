#define LOG_MODULE "issue"

#include "office/issue.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "office/paper.h"

#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WHEN_SIZE = 96, LABEL_SIZE = 160, LAST_GENERATION = 255 };
enum { LONGEST_NAME = 48 }; // of a file in the folder: "/practice-4294967295.png.new"

struct issuing {
    const struct issue *issue;
    struct paper_pdf *pdf;
    struct issue_report report;
    char when[WHEN_SIZE];
    struct picture picture;
};

// In German, whatever the system's locale is: "Sonntag, 22. November 2026, 9:00–17:00 Uhr".
static void write_when(const struct event *event, char out[WHEN_SIZE])
{
    static const char *const days[] = {"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"};
    static const char *const months[] = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                         "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
    time_t first = (time_t)(event->starts_ms / 1000), last = (time_t)(event->ends_ms / 1000);
    struct tm starts = {0}, ends = {0};

    localtime_r(&first, &starts);
    localtime_r(&last, &ends);
    if (starts.tm_year == ends.tm_year && starts.tm_yday == ends.tm_yday)
        snprintf(out, WHEN_SIZE, "%s, %d. %s %d, %d:%02d–%d:%02d Uhr", days[starts.tm_wday], starts.tm_mday,
                 months[starts.tm_mon], starts.tm_year + 1900, starts.tm_hour, starts.tm_min, ends.tm_hour,
                 ends.tm_min);
    else
        snprintf(out, WHEN_SIZE, "%d. %s %d bis %d. %s %d", starts.tm_mday, months[starts.tm_mon],
                 starts.tm_year + 1900, ends.tm_mday, months[ends.tm_mon], ends.tm_year + 1900);
}

// "Teilnehmende · Bus 2"
static void write_label(const struct event *event, const struct guest *guest, char out[LABEL_SIZE])
{
    const struct event_label *class_label = event_class(event, guest->class_id);
    const struct event_label *group = guest->group ? event_group(event, guest->group) : NULL;

    snprintf(out, LABEL_SIZE, "%s%s%s", class_label ? class_label->name[LANGUAGE_DE] : "",
             class_label && group ? " · " : "", group ? group->name[LANGUAGE_DE] : "");
}

// "00M6S C7N75 0": easier to read aloud.
static void write_number(uint64_t number, char out[TICKET_NUMBER_TEXT_SIZE + 2])
{
    char text[TICKET_NUMBER_TEXT_SIZE];

    ticket_number_write(number, text);
    snprintf(out, TICKET_NUMBER_TEXT_SIZE + 2, "%.5s %.5s %s", text, text + 5, text + 10);
}

static struct ticket ticket_of(const struct event *event, const struct guest *guest)
{
    return (struct ticket){
        .event = event->number,
        .number = guest->ticket,
        .from_day = (uint16_t)clock_local_day(event->starts_ms),
        .until_day = (uint16_t)clock_local_day(event->ends_ms),
        .class_id = guest->class_id,
        .generation = (uint8_t)guest->least_generation,
        .group = guest->group,
    };
}

static enum status write_text(struct book *book, struct ticket *ticket, char out[TICKET_TEXT_SIZE])
{
    enum status status = book_sign_ticket(book, ticket);

    if (status == STATUS_OK) ticket_write(ticket, out);
    return status;
}

enum status issue_text(struct book *book, const struct event *event, const struct guest *guest,
                       char out[TICKET_TEXT_SIZE])
{
    struct ticket ticket = ticket_of(event, guest);

    return write_text(book, &ticket, out);
}

static enum status write_files(struct issuing *issuing, const struct paper_ticket *paper, const char *file)
{
    const struct issue *issue = issuing->issue;
    char path[PATH_MAX];
    enum status status = STATUS_OK;

    if (issue->makes_png) {
        snprintf(path, sizeof path, "%s/%s.png", issue->folder, file);
        if ((status = paper_write_png(paper, issue->dpi, path)) != STATUS_OK) return status;
    }
    if (issue->makes_svg) {
        snprintf(path, sizeof path, "%s/%s.svg", issue->folder, file);
        if ((status = paper_write_svg(paper, path)) != STATUS_OK) return status;
    }
    if (issuing->pdf) status = paper_pdf_add(issuing->pdf, paper);
    if (status != STATUS_OK) return status;
    if (paper_has_boxes(paper)) issuing->report.box_count++;
    issue->tell_done(issue->owner, ++issuing->report.count);
    return STATUS_OK;
}

static enum status issue_one(struct issuing *issuing, struct ticket *ticket, const struct guest *guest,
                             const char *file)
{
    const struct event *event = issuing->issue->event;
    char text[TICKET_TEXT_SIZE], label[LABEL_SIZE], number[TICKET_NUMBER_TEXT_SIZE + 2];
    struct paper_ticket paper = {
        .event = event->name[LANGUAGE_DE],
        .when = issuing->when,
        .name = guest->name,
        .company = guest->company,
        .label = label,
        .number = number,
        .picture = &issuing->picture,
        .is_practice = ticket->is_practice,
    };
    enum status status;

    if ((status = write_text(issuing->issue->book, ticket, text)) != STATUS_OK) return status;
    if ((status = picture_of_text(text, &issuing->picture)) != STATUS_OK) return status;
    write_label(event, guest, label);
    write_number(ticket->number, number);
    return write_files(issuing, &paper, file);
}

static enum status reissue(struct issuing *issuing, struct guest *guest)
{
    struct roster_entry entry = {.guest = *guest};

    if (guest->least_generation >= LAST_GENERATION) {
        log_error("a ticket can be issued anew 255 times person=%u", (unsigned)guest->person);
        return STATUS_INVALID;
    }
    entry.guest.least_generation++;
    *guest = entry.guest;
    return book_change_guest(issuing->issue->book, issuing->issue->event->number, 0, &entry);
}

// "00M6SC7N75": without the check character, which may be one that shells and Windows dislike.
static void write_file_name(uint64_t number, char out[TICKET_NUMBER_TEXT_SIZE])
{
    ticket_number_write(number, out);
    out[10] = '\0';
}

static enum status take_guest(void *owner, const struct roster_entry *entry)
{
    struct issuing *issuing = owner;
    struct guest guest = entry->guest;
    char file[TICKET_NUMBER_TEXT_SIZE];
    enum status status = STATUS_OK;

    if (issuing->issue->is_reissue) status = reissue(issuing, &guest);
    if (status != STATUS_OK) return status;
    struct ticket ticket = ticket_of(issuing->issue->event, &guest);
    write_file_name(guest.ticket, file);
    if (guest.status == GUEST_STATUS_BLOCKED || guest.status == GUEST_STATUS_CANCELED) issuing->report.barred_count++;
    return issue_one(issuing, &ticket, &guest, file);
}

static enum status take_all(struct issuing *issuing)
{
    const struct issue *issue = issuing->issue;
    struct book_guest found;
    enum status status;

    if (issue->is_single) {
        status = book_find_guest(issue->book, issue->event->number, issue->only, &found);
        if (status != STATUS_OK) return status;
        return take_guest(issuing, &(struct roster_entry){.guest = found.guest});
    }
    status = book_each_guest(issue->book, issue->event->number, take_guest, issuing);
    return status == STATUS_OK && issuing->report.count == 0 ? STATUS_MISSING : status;
}

static enum status take_practice(struct issuing *issuing, size_t count)
{
    enum status status = STATUS_OK;

    for (size_t i = 1; i <= count && status == STATUS_OK; i++) {
        struct guest guest = {.ticket = ((uint64_t)randombytes_random() << 16) + i};
        char file[32];
        snprintf(guest.name, sizeof guest.name, "Übung %zu", i);
        snprintf(file, sizeof file, "practice-%zu", i);
        if (issuing->issue->event->class_count) guest.class_id = issuing->issue->event->classes[0].id;
        struct ticket ticket = ticket_of(issuing->issue->event, &guest);
        ticket.is_practice = true;
        status = issue_one(issuing, &ticket, &guest, file);
    }
    return status;
}

// Opens the PDF, lets `count` practice tickets or all others be made, and ends it.
static enum status make(const struct issue *issue, const char *pdf_name, size_t practice_count,
                        struct issue_report *out)
{
    struct issuing *issuing = mem_zero(sizeof *issuing);
    char path[PATH_MAX];
    enum status status = STATUS_OK;

    issuing->issue = issue;
    write_when(issue->event, issuing->when);
    if (strlen(issue->folder) + LONGEST_NAME >= sizeof path) {
        log_error("the folder's name is too long");
        status = STATUS_INVALID;
    }
    snprintf(path, sizeof path, "%s/%s.pdf", issue->folder, pdf_name);
    if (status == STATUS_OK && issue->makes_pdf) status = paper_pdf_open(path, &issuing->pdf);
    if (status == STATUS_OK) status = practice_count ? take_practice(issuing, practice_count) : take_all(issuing);
    if (status == STATUS_OK && issuing->pdf) status = paper_pdf_finish(issuing->pdf);
    *out = issuing->report;
    paper_pdf_close(issuing->pdf);
    free(issuing);
    return status;
}

enum status issue_tickets(const struct issue *issue, struct issue_report *out)
{
    char number[TICKET_NUMBER_TEXT_SIZE];
    enum status status, ended;

    write_file_name(issue->only, number);
    const char *pdf_name = issue->is_single ? number : "tickets";
    if (!issue->is_reissue) return make(issue, pdf_name, 0, out);
    if ((status = book_begin(issue->book)) != STATUS_OK) return status;
    status = make(issue, pdf_name, 0, out);
    ended = book_end(issue->book, status == STATUS_OK);
    return status == STATUS_OK ? ended : status;
}

enum status issue_practice(const struct issue *issue, size_t count, struct issue_report *out)
{
    return make(issue, "practice", count, out);
}
