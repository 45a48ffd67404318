#define LOG_MODULE "book"

#include "office/book_sqlite.h"

#include "base/log.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS "ticket, person, name, company, note, class, team, status, generation, import, code, language"
enum { COLUMN_IMPORT = 9, COLUMN_CODE = 10, COLUMN_LANGUAGE = 11 };

static enum status read_guest(sqlite3_stmt *row, struct guest *out)
{
    *out = (struct guest){
        .is_listed = true,
        .ticket = (uint64_t)sqlite3_column_int64(row, 0),
        .person = (uint32_t)sqlite3_column_int64(row, 1),
        .class_id = (uint8_t)sqlite3_column_int(row, 5),
        .group = (uint8_t)sqlite3_column_int(row, 6),
        .least_generation = (uint16_t)sqlite3_column_int(row, 8),
    };
    book_column_text(row, 2, out->name, sizeof out->name);
    book_column_text(row, 3, out->company, sizeof out->company);
    book_column_text(row, 4, out->note, sizeof out->note);
    book_column_text(row, COLUMN_LANGUAGE, out->language, sizeof out->language);
    const char *word = (const char *)sqlite3_column_text(row, 7);
    return word && guest_status_of_word(word, &out->status) == STATUS_OK ? STATUS_OK : STATUS_CORRUPT;
}

static enum status find_guest(struct book *book, sqlite3_stmt *row, struct book_guest *out)
{
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    out->import = (uint32_t)sqlite3_column_int64(row, COLUMN_IMPORT);
    status = read_guest(row, &out->guest);
    sqlite3_reset(row);
    return status;
}

enum status book_find_guest(struct book *book, uint32_t event, uint64_t ticket, struct book_guest *out)
{
    return find_guest(book,
                      book_query(book, "SELECT " COLUMNS " FROM guest WHERE event = ? AND ticket = ?", "ii",
                                 (int64_t)event, (int64_t)ticket),
                      out);
}

enum status book_find_person(struct book *book, uint32_t event, uint32_t person, struct book_guest *out)
{
    return find_guest(book,
                      book_query(book, "SELECT " COLUMNS " FROM guest WHERE event = ? AND person = ? LIMIT 1", "ii",
                                 (int64_t)event, (int64_t)person),
                      out);
}

enum status book_find_named(struct book *book, uint32_t event, const char *name, const char *company, uint32_t import,
                            struct book_guest *out)
{
    // Two statements, so that each finds its rows by the index alone however many people share a name.
    sqlite3_stmt *row = company
                            ? book_query(book,
                                         "SELECT " COLUMNS " FROM guest WHERE event = ? AND name = ? AND company = ?"
                                         " AND import < ? ORDER BY import, person LIMIT 1",
                                         "itti", (int64_t)event, name, company, (int64_t)import)
                            : book_query(book,
                                         "SELECT " COLUMNS " FROM guest WHERE event = ? AND name = ? AND import < ?"
                                         " ORDER BY import, person LIMIT 1",
                                         "iti", (int64_t)event, name, (int64_t)import);

    return find_guest(book, row, out);
}

static enum status read_number(struct book *book, sqlite3_stmt *row, size_t *out)
{
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    *out = (size_t)sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return STATUS_OK;
}

enum status book_count_named(struct book *book, uint32_t event, const char *name, size_t *out)
{
    return read_number(
        book, book_query(book, "SELECT count(*) FROM guest WHERE event = ? AND name = ?", "it", (int64_t)event, name),
        out);
}

enum status book_count_code(struct book *book, uint32_t event, const char *code, size_t *out)
{
    return read_number(
        book, book_query(book, "SELECT count(*) FROM guest WHERE event = ? AND code = ?", "it", (int64_t)event, code),
        out);
}

enum status book_free_person(struct book *book, uint32_t event, uint32_t *out)
{
    // Older books took any number from files, 4294967295 too. No roster is so long that counting gets up there.
    size_t most;
    enum status status = read_number(
        book,
        book_query(book, "SELECT coalesce(max(person), 0) FROM guest WHERE event = ? AND person < 4000000000", "i",
                   (int64_t)event),
        &most);

    if (status == STATUS_OK) *out = (uint32_t)most + 1;
    return status;
}

enum status book_is_code(struct book *book, uint32_t event, uint64_t ticket, const char *code, bool *out)
{
    sqlite3_stmt *row = book_query(book, "SELECT code IS ? FROM guest WHERE event = ? AND ticket = ?", "tii", code,
                                   (int64_t)event, (int64_t)ticket);
    enum status status = book_step(book, row);

    if (status != STATUS_OK) return status;
    *out = sqlite3_column_int(row, 0);
    sqlite3_reset(row);
    return STATUS_OK;
}

enum status book_next_import(struct book *book, uint32_t event, uint32_t *out)
{
    enum status status = book_run(
        book, book_query(book, "UPDATE event SET imports = imports + 1 WHERE number = ?", "i", (int64_t)event));

    if (status != STATUS_OK) return status;
    sqlite3_stmt *row = book_query(book, "SELECT imports FROM event WHERE number = ?", "i", (int64_t)event);
    if ((status = book_step(book, row)) != STATUS_OK) return status;
    *out = (uint32_t)sqlite3_column_int64(row, 0);
    sqlite3_reset(row);
    return STATUS_OK;
}

enum status book_count_guests(struct book *book, uint32_t event, size_t *out)
{
    return read_number(book, book_query(book, "SELECT count(*) FROM guest WHERE event = ?", "i", (int64_t)event), out);
}

// Ends in a letter or a digit: what people type without searching the keyboard for "~".
static bool is_easy_to_type(uint64_t number)
{
    char text[TICKET_NUMBER_TEXT_SIZE];

    ticket_number_write(number, text);
    return strpbrk(text, "*~$=") == NULL;
}

static uint64_t random_ticket(void)
{
    uint64_t number = 0;

    while (number == 0 || !is_easy_to_type(number)) { // 0 is for "none"
        randombytes_buf(&number, sizeof number);
        number >>= 16;
    }
    return number;
}

enum status book_add_guest(struct book *book, uint32_t event, uint32_t import, const struct roster_entry *entry,
                           uint64_t *ticket_out)
{
    const struct guest *guest = &entry->guest;
    struct book_guest taken;
    enum status status;
    uint64_t ticket;

    do {
        ticket = random_ticket();
        status = book_find_guest(book, event, ticket, &taken);
    } while (status == STATUS_OK);
    if (status != STATUS_MISSING) return status;
    status = book_run(
        book, book_query(book, "INSERT INTO guest (event, " COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "iiitttiitiitt", (int64_t)event, (int64_t)ticket, (int64_t)guest->person, guest->name,
                         guest->company, guest->note, (int64_t)guest->class_id, (int64_t)guest->group,
                         guest_status_word(guest->status), (int64_t)guest->least_generation, (int64_t)import,
                         entry->foreign_code, guest->language));
    if (status == STATUS_OK) *ticket_out = ticket;
    return status;
}

enum status book_change_guest(struct book *book, uint32_t event, uint32_t import, const struct roster_entry *entry)
{
    const struct guest *guest = &entry->guest;

    return book_run(book, book_query(book,
                                     "UPDATE guest SET name = ?, company = ?, note = ?, class = ?, team = ?,"
                                     " status = ?, generation = ?, import = max(import, ?),"
                                     " code = coalesce(?, code), language = ? WHERE event = ? AND ticket = ?",
                                     "tttiitiittii", guest->name, guest->company, guest->note, (int64_t)guest->class_id,
                                     (int64_t)guest->group, guest_status_word(guest->status),
                                     (int64_t)guest->least_generation, (int64_t)import, entry->foreign_code,
                                     guest->language, (int64_t)event, (int64_t)guest->ticket));
}

// A page at a time, so that the reader may change entries while it walks.
enum { PAGE_ROWS = 256 };

struct page {
    size_t count;
    struct roster_entry entries[PAGE_ROWS];
    char *codes[PAGE_ROWS]; // what foreign_code points at
};

static void empty_page(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) free(page->codes[i]);
    page->count = 0;
}

static enum status read_page(struct book *book, uint32_t event, const struct guest *after, struct page *page)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT " COLUMNS " FROM guest WHERE event = ? AND (person, ticket) > (?, ?)"
                                   " ORDER BY person, ticket LIMIT 256",
                                   "iii", (int64_t)event, (int64_t)after->person, (int64_t)after->ticket);
    enum status status;

    empty_page(page);
    while ((status = book_step(book, row)) == STATUS_OK) {
        struct roster_entry *entry = &page->entries[page->count];
        const char *code = (const char *)sqlite3_column_text(row, COLUMN_CODE);
        if ((status = read_guest(row, &entry->guest)) != STATUS_OK) break;
        page->codes[page->count] = code ? strdup(code) : NULL;
        entry->foreign_code = page->codes[page->count++];
    }
    sqlite3_reset(row);
    return status == STATUS_MISSING ? STATUS_OK : status;
}

enum status book_each_guest(struct book *book, uint32_t event, roster_visitor *visit, void *owner)
{
    struct page *page = calloc(1, sizeof *page);
    struct guest last = {0};
    enum status status;

    if (!page) return STATUS_LATER;
    while ((status = read_page(book, event, &last, page)) == STATUS_OK && page->count > 0) {
        for (size_t i = 0; i < page->count && status == STATUS_OK; i++) status = visit(owner, &page->entries[i]);
        if (status != STATUS_OK) break;
        last = page->entries[page->count - 1].guest;
    }
    empty_page(page);
    free(page);
    return status;
}
