// What is printed is read by zbar, as the kiosk will.
#include "office/office.h"

#include "base/file.h"
#include "office/issue.h"
#include "office/paper.h"

#include <cairo.h>
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>
#include <zbar.h>

struct shot { // a PNG as zbar wants it
    int width, height;
    uint8_t *grey;
};

static struct shot load(const char *path)
{
    cairo_surface_t *surface = cairo_image_surface_create_from_png(path);
    struct shot shot = {cairo_image_surface_get_width(surface), cairo_image_surface_get_height(surface), NULL};

    assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
    shot.grey = malloc((size_t)(shot.width * shot.height));
    for (int y = 0; y < shot.height; y++)
        for (int x = 0; x < shot.width; x++)
            shot.grey[y * shot.width + x] =
                cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + 4 * x + 1];
    cairo_surface_destroy(surface);
    return shot;
}

static void read_code(const struct shot *shot, char *out, size_t out_size)
{
    zbar_image_scanner_t *scanner = zbar_image_scanner_create();
    zbar_image_t *image = zbar_image_create();

    out[0] = '\0';
    zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
    zbar_image_set_size(image, (unsigned)shot->width, (unsigned)shot->height);
    zbar_image_set_data(image, shot->grey, (unsigned long)(shot->width * shot->height), NULL);
    assert_int_equal(zbar_scan_image(scanner, image), 1);
    snprintf(out, out_size, "%s", zbar_symbol_get_data(zbar_image_first_symbol(image)));
    zbar_image_destroy(image);
    zbar_image_scanner_destroy(scanner);
}

// Width of the code in pixels, and whether it has 4 modules of white around it.
static int code_width(const struct shot *shot)
{
    int middle = shot->width / 2, left = shot->width, right = 0, top = 0, bottom = 0, y;

    for (y = shot->height * 3 / 5; y < shot->height; y++) // the code is there in the middle of every ticket
        for (int x = 0; x < shot->width; x++)
            if (shot->grey[y * shot->width + x] == 0 && y < shot->height * 3 / 4) {
                if (x < left) left = x;
                if (x > right) right = x;
            }
    int width = right - left + 1, quiet = width * 4 / 37;
    for (y = shot->height * 3 / 5; y > 0 && !top; y--) { // upwards until a row of 4 modules' height is white
        bool is_white = true;
        for (int x = left; x <= right; x++) is_white &= shot->grey[y * shot->width + x] > 200;
        if (is_white) top = y;
    }
    for (y = shot->height * 3 / 5; y < shot->height && !bottom; y++) {
        bool is_white = true;
        for (int x = left; x <= right; x++) is_white &= shot->grey[y * shot->width + x] > 200;
        if (is_white) bottom = y;
    }
    assert_true(left < middle && right > middle);
    for (y = 1; y < quiet; y++)
        for (int x = left - quiet + 1; x < right + quiet; x++) {
            assert_true(shot->grey[(top - y) * shot->width + x] > 200);
            assert_true(shot->grey[(bottom + y) * shot->width + x] > 200);
        }
    return width;
}

static void tell_nobody(void *owner, size_t count)
{
    (void)owner;
    (void)count;
}

static struct issue issue_of(struct office *office)
{
    return (struct issue){.book = office->book,
                          .event = &office->event,
                          .folder = office->folder.path,
                          .makes_png = true,
                          .dpi = PAPER_LEAST_DPI,
                          .tell_done = tell_nobody};
}

static struct guest add(struct office *office, uint32_t person, const char *name, const char *company)
{
    struct roster_entry entry = {.guest = {.person = person, .class_id = 1, .group = 2}};

    snprintf(entry.guest.name, sizeof entry.guest.name, "%s", name);
    snprintf(entry.guest.company, sizeof entry.guest.company, "%s", company);
    assert_int_equal(book_add_guest(office->book, OFFICE_EVENT, 1, &entry, &entry.guest.ticket), STATUS_OK);
    return entry.guest;
}

static struct shot load_ticket(struct office *office, uint64_t number)
{
    char text[TICKET_NUMBER_TEXT_SIZE], path[128];

    ticket_number_write(number, text);
    snprintf(path, sizeof path, "%s/%.10s.png", office->folder.path, text);
    return load(path);
}

static void test_issue__makes_pictures_that_zbar_reads(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    static const char *const names[] = {
        "Anna",
        "Dr.-Ing. Konstantin-Maximilian Freiherr von Müßiggänger-Schönhäuser zu Hohenlimburg auf der Höhe",
        "محمد عبد الرحمن العربي",
        "👩‍🚀 Zoë Ünal",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "\"><script>&amp;%s%n"};
    enum { COUNT = sizeof names / sizeof *names };
    struct guest guests[COUNT];
    struct issue_report made;

    snprintf(office->event.name[LANGUAGE_DE], EVENT_NAME_SIZE, "%s",
             "Netzwerktreffen der Rückkehrerinnen und Rückkehrer im großen Sitzungssaal des Kreishauses Meschede");
    for (uint32_t i = 0; i < COUNT; i++)
        guests[i] = add(office, i + 1, names[i],
                        i % 2 ? "Berufskolleg des Hochsauerlandkreises für Technik und "
                                "Wirtschaft, Standort Olsberg-Bigge, Abteilung Süd"
                              : "");
    assert_int_equal(issue_tickets(&issue, &made), STATUS_OK);
    assert_int_equal(made.count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        struct shot shot = load_ticket(office, guests[i].ticket);
        char text[512];
        struct ticket ticket;
        read_code(&shot, text, sizeof text);
        assert_int_equal(ticket_parse(text, strlen(text), &ticket, NULL), STATUS_OK);
        assert_true(ticket.number == guests[i].ticket);
        assert_int_equal(ticket.from_day, 690); // 2026-11-22
        assert_int_equal(ticket.until_day, 690);
        assert_int_equal(ticket.group, 2);
        assert_true(keyset_vouches_for(&office->event.keyset, &ticket));
        assert_true(code_width(&shot) >= 25 * PAPER_LEAST_DPI / 25.4);
        free(shot.grey);
    }
}

// As a browser or a printer would show it, at a quarter of a printer's resolution.
static void test_issue__makes_a_pdf_that_zbar_reads(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    char command[256], path[128], text[512];
    struct ticket ticket;
    struct issue_report made;

    if (system("command -v pdftoppm >/dev/null") != 0) skip();
    add(office, 1, "Anna", "");
    struct guest bernd = add(office, 2, "Bernd", "Kolleg");
    issue.makes_png = false;
    issue.makes_pdf = true;
    assert_int_equal(issue_tickets(&issue, &made), STATUS_OK);
    assert_int_equal(made.count, 2);
    snprintf(command, sizeof command, "cd %s && pdftoppm -r 150 -f 2 -l 2 -singlefile -png tickets.pdf page",
             office->folder.path);
    assert_int_equal(system(command), 0);
    folder_file(&office->folder, "page.png", path);
    struct shot shot = load(path);
    read_code(&shot, text, sizeof text);
    assert_true(code_width(&shot) >= 25 * 150 / 25.4);
    free(shot.grey);
    assert_int_equal(ticket_parse(text, strlen(text), &ticket, NULL), STATUS_OK);
    assert_true(ticket.number == bernd.ticket);
}

static void test_issue__anew_raises_the_generation(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    struct guest anna = add(office, 1, "Anna", ""), bernd = add(office, 2, "Bernd", "");
    struct book_guest found;
    struct issue_report made;

    issue.is_reissue = true;
    issue.is_single = true;
    issue.only = anna.ticket;
    for (unsigned generation = 1; generation <= 3; generation++) {
        char text[512];
        struct ticket ticket;
        assert_int_equal(issue_tickets(&issue, &made), STATUS_OK);
        assert_int_equal(made.count, 1);
        struct shot shot = load_ticket(office, anna.ticket);
        read_code(&shot, text, sizeof text);
        free(shot.grey);
        assert_int_equal(ticket_parse(text, strlen(text), &ticket, NULL), STATUS_OK);
        assert_int_equal(ticket.generation, generation);
        assert_int_equal(book_find_guest(office->book, OFFICE_EVENT, anna.ticket, &found), STATUS_OK);
        assert_int_equal(found.guest.least_generation, generation);
    }
    assert_int_equal(book_find_guest(office->book, OFFICE_EVENT, bernd.ticket, &found), STATUS_OK);
    assert_int_equal(found.guest.least_generation, 0);
}

static void test_issue__that_can_not_write_revokes_nothing(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    struct guest anna = add(office, 1, "Anna", "");
    struct book_guest found;
    struct issue_report made;

    issue.is_reissue = true;
    issue.folder = "/nowhere/at/all";
    assert_int_equal(issue_tickets(&issue, &made), STATUS_LATER);
    assert_int_equal(book_find_guest(office->book, OFFICE_EVENT, anna.ticket, &found), STATUS_OK);
    assert_int_equal(found.guest.least_generation, 0);
    issue.is_single = true;
    issue.only = 4711;
    assert_int_equal(issue_tickets(&issue, &made), STATUS_MISSING);
}

// Whether NAME in the folder holds exactly `text`.
static bool holds(struct office *office, const char *name, const char *text)
{
    char path[128];
    uint8_t *bytes;
    size_t length;

    folder_file(&office->folder, name, path);
    if (file_read(path, 1 << 20, &bytes, &length) != STATUS_OK) return false;
    bool is_same = length == strlen(text) && memcmp(bytes, text, length) == 0;
    free(bytes);
    return is_same;
}

static size_t count_new_files(struct office *office)
{
    DIR *entries = opendir(office->folder.path);
    size_t count = 0;

    assert_non_null(entries);
    for (struct dirent *entry; (entry = readdir(entries));) count += strstr(entry->d_name, ".new") != NULL;
    closedir(entries);
    return count;
}

// A disk that is full after 4096 bytes of a file, as far as a process can have one of its own.
static enum status issue_on_full_disk(const struct issue *issue)
{
    struct rlimit usual, small;
    struct issue_report made;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = (struct rlimit){4096, usual.rlim_max};
    void (*old)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = issue_tickets(issue, &made);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    signal(SIGXFSZ, old);
    return status;
}

static void test_issue__on_a_full_disk_keeps_what_was_there(void **state)
{
    struct office *office = *state;
    char number[TICKET_NUMBER_TEXT_SIZE], name[32], path[128];
    const char *const endings[] = {"png", "svg", "pdf"};

    ticket_number_write(add(office, 1, "Anna", "Kolleg").ticket, number);
    for (size_t i = 0; i < 3; i++) {
        struct issue issue = issue_of(office);
        issue.makes_png = i == 0, issue.makes_svg = i == 1, issue.makes_pdf = i == 2;
        if (i < 2) snprintf(name, sizeof name, "%.10s.%s", number, endings[i]);
        else snprintf(name, sizeof name, "tickets.pdf");
        folder_file(&office->folder, name, path);
        assert_int_equal(file_write(path, "as before", 9, 0600), STATUS_OK);
        assert_int_equal(issue_on_full_disk(&issue), STATUS_LATER);
        assert_true(holds(office, name, "as before"));
        assert_int_equal(count_new_files(office), 0);
        struct issue_report made;
        assert_int_equal(issue_tickets(&issue, &made), STATUS_OK); // room again
        assert_false(holds(office, name, "as before"));
    }
}

static void test_issue__of_no_one_makes_no_file(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    struct guest anna = add(office, 1, "Anna", "");
    char path[128], name[32], number[TICKET_NUMBER_TEXT_SIZE];
    struct book_guest found;
    struct issue_report made;

    folder_file(&office->folder, "tickets.pdf", path);
    assert_int_equal(file_write(path, "as before", 9, 0600), STATUS_OK);
    issue.makes_png = false, issue.makes_pdf = issue.is_single = issue.is_reissue = true;
    assert_int_equal(issue_tickets(&issue, &made), STATUS_MISSING); // number 0 is no one's either
    assert_int_equal(book_find_guest(office->book, OFFICE_EVENT, anna.ticket, &found), STATUS_OK);
    assert_int_equal(found.guest.least_generation, 0);
    issue.only = anna.ticket;
    assert_int_equal(issue_tickets(&issue, &made), STATUS_OK);
    ticket_number_write(anna.ticket, number);
    snprintf(name, sizeof name, "%.10s.pdf", number);
    folder_file(&office->folder, name, path);
    assert_int_equal(access(path, F_OK), 0);
    assert_true(holds(office, "tickets.pdf", "as before"));
    assert_int_equal(count_new_files(office), 0);
}

static void test_issue__counts_what_a_clerk_should_know(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    struct issue_report made;
    static const enum guest_status statuses[] = {GUEST_STATUS_OK, GUEST_STATUS_UNPAID, GUEST_STATUS_BLOCKED,
                                                 GUEST_STATUS_CANCELED};

    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        struct roster_entry entry = {.guest = {.person = (uint32_t)i + 1, .class_id = 1, .name = "Jörg"}};
        entry.guest.status = statuses[i];
        assert_int_equal(book_add_guest(office->book, OFFICE_EVENT, 1, &entry, &entry.guest.ticket), STATUS_OK);
    }
    add(office, 5, "Anna \xCD\xB8", ""); // U+0378 is no letter yet: no font has it
    assert_int_equal(issue_tickets(&issue, &made), STATUS_OK);
    assert_int_equal(made.count, 5);
    assert_int_equal(made.barred_count, 2);
    assert_int_equal(made.box_count, 1);
}

// To its end, not to a "…".
static void test_paper__breaks_a_long_name_into_lines(void **state)
{
    struct office *office = *state;
    struct picture *picture = calloc(1, sizeof *picture);
    struct paper_ticket ticket = {"Event", "heute", "", "", "", "00000", picture, false};
    char path[128], command[400], text[8192];

    if (system("command -v pdftotext >/dev/null") != 0) skip();
    assert_int_equal(picture_of_text("1234567890", picture), STATUS_OK);
    const char *const names[] = {
        "Dr.-Ing. Konstantin-Maximilian Freiherr von Müßiggänger-Schönhäuser zu Hohenlimburg auf der Höhe im Sauerland "
        "bei Brilon und Olsberg-Bigge Ende",
        "Dr.-Ing. Konstantin-Maximilian Freiherr von Müßiggänger-Schönhäuser zu Hohenlimburg auf der Höhe Ende",
    };
    for (size_t i = 0; i < 2; i++) {
        struct paper_pdf *pdf;
        ticket.name = names[i];
        folder_file(&office->folder, i ? "1.pdf" : "0.pdf", path);
        assert_int_equal(paper_pdf_open(path, &pdf), STATUS_OK);
        assert_int_equal(paper_pdf_add(pdf, &ticket), STATUS_OK);
        assert_int_equal(paper_pdf_finish(pdf), STATUS_OK);
        paper_pdf_close(pdf);
        snprintf(command, sizeof command, "pdftotext %s -", path);
        FILE *output = popen(command, "r");
        assert_non_null(output);
        text[fread(text, 1, sizeof text - 1, output)] = '\0';
        assert_int_equal(pclose(output), 0);
        assert_non_null(strstr(text, "Ende"));
        assert_null(strstr(text, "…"));
    }
    free(picture);
}

static void test_issue_practice__is_genuine_and_marked(void **state)
{
    struct office *office = *state;
    struct issue issue = issue_of(office);
    char path[128], text[512];
    struct issue_report made;
    struct ticket ticket;

    assert_int_equal(issue_practice(&issue, 1, &made), STATUS_OK);
    folder_file(&office->folder, "practice-1.png", path);
    struct shot shot = load(path);
    read_code(&shot, text, sizeof text);
    free(shot.grey);
    assert_int_equal(ticket_parse(text, strlen(text), &ticket, NULL), STATUS_OK);
    assert_true(ticket.is_practice);
    assert_true(keyset_vouches_for(&office->event.keyset, &ticket));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        office_test(test_issue__makes_pictures_that_zbar_reads),
        office_test(test_issue__makes_a_pdf_that_zbar_reads),
        office_test(test_issue__anew_raises_the_generation),
        office_test(test_issue__that_can_not_write_revokes_nothing),
        office_test(test_issue__on_a_full_disk_keeps_what_was_there),
        office_test(test_issue__of_no_one_makes_no_file),
        office_test(test_issue__counts_what_a_clerk_should_know),
        office_test(test_paper__breaks_a_long_name_into_lines),
        office_test(test_issue_practice__is_genuine_and_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
