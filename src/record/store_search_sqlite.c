// store_search_sqlite.c -- whom staff look for: words in any order, each the beginning of one of the person's.
#define LOG_MODULE "store"

#include "record/store_people_sqlite.h"

#include "record/fold.h"

#include "base/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

enum {
    LEAST_LETTERS = 2,
    TEXT_SIZE = 256, // of what was typed, folded; more of it narrows nothing
    MOST_TERMS = 8,
    MOST_PARTS = 12, // words, those of compounds counted singly
    EXPRESSION_SIZE = 3 * TEXT_SIZE + MOST_PARTS * 16 + MOST_TERMS * 32,
};

// What was typed between two blanks: its parts (anna-lena), in one word (annalena), as a ticket number.
struct term {
    char marked[TEXT_SIZE], together[TEXT_SIZE], number[TEXT_SIZE];
};

struct query {
    struct term rest, term;           // what is not read yet, and the one being read
    struct term exact;                // a number of which the index has only the beginning; "" = none
    size_t terms, parts;              // in the expression
    char expression[EXPRESSION_SIZE]; // in FTS5's language; between its quotes only letters that fold_text() left
};

static bool has_letters(const char *text, size_t least)
{
    size_t count = 0;

    while (*text && count < least) {
        char letter[8] = "", folded[8];
        const char *from = text;
        (void)text_next(&text);
        memcpy(letter, from, (size_t)(text - from));
        fold_text(letter, FOLD_APART, folded, sizeof folded);
        count += folded[0] != '\0';
    }
    return count >= least;
}

// People type letters that look like the digits of a ticket number.
static void fold_number(const char *text, char out[TEXT_SIZE])
{
    char typed[TEXT_SIZE];

    text_copy(typed, sizeof typed, text);
    for (char *letter = typed; *letter; letter++) {
        if (*letter == 'o' || *letter == 'O') *letter = '0';
        else if (strchr("iIlL", *letter)) *letter = '1';
    }
    fold_text(typed, FOLD_TOGETHER, out, TEXT_SIZE);
}

static void take_word(char from[TEXT_SIZE], char out[TEXT_SIZE])
{
    size_t length = strcspn(from, " ");
    size_t skipped = length + (from[length] == ' ');

    memcpy(out, from, length);
    out[length] = '\0';
    memmove(from, from + skipped, strlen(from + skipped) + 1);
}

static bool next_term(struct query *query)
{
    take_word(query->rest.marked, query->term.marked);
    take_word(query->rest.together, query->term.together); // in step: folding leaves the same blanks in all
    take_word(query->rest.number, query->term.number);
    return query->term.marked[0] && query->terms++ < MOST_TERMS && query->parts < MOST_PARTS;
}

static void add_word(struct query *query, const char *before, const char *word, size_t length)
{
    size_t used = strlen(query->expression);

    snprintf(query->expression + used, sizeof query->expression - used, "%s\"%.*s\"*", before, (int)length, word);
}

static void close_bracket(struct query *query)
{
    size_t used = strlen(query->expression);

    snprintf(query->expression + used, sizeof query->expression - used, ")");
}

static bool is_number(const struct term *term)
{
    bool is_long = strlen(term->number) > SEARCH_NUMBER_LETTERS;

    return strpbrk(term->together, "0123456789") && (is_long || strcmp(term->number, term->together) != 0);
}

// ((part AND part) OR together OR number)
static void add_term(struct query *query)
{
    const struct term *term = &query->term;
    const char *before = query->expression[0] ? " AND ((" : "((";

    for (const char *part = term->marked; *part && query->parts < MOST_PARTS; query->parts++) {
        size_t length = strcspn(part, (const char[]){FOLD_MARKED, '\0'});
        add_word(query, before, part, length);
        before = " AND ";
        part += length + (part[length] == FOLD_MARKED);
    }
    close_bracket(query);
    if (strchr(term->marked, FOLD_MARKED)) add_word(query, " OR ", term->together, strlen(term->together));
    if (is_number(term)) {
        add_word(query, " OR ", term->number, strnlen(term->number, SEARCH_NUMBER_LETTERS));
        if (strlen(term->number) > SEARCH_NUMBER_LETTERS) query->exact = *term;
    }
    close_bracket(query);
}

static void read_query(const char *text, struct query *query)
{
    query->expression[0] = query->exact.number[0] = '\0';
    query->terms = query->parts = 0;
    fold_text(text, FOLD_MARKED, query->rest.marked, TEXT_SIZE);
    fold_text(text, FOLD_TOGETHER, query->rest.together, TEXT_SIZE);
    fold_number(text, query->rest.number);
    while (next_term(query)) add_term(query);
}

// ---- rows ----

// Whether a row found by the beginning of a number goes on with it, or has the word elsewhere.
static bool suits(const struct term *exact, const struct row *row)
{
    char number[TICKET_NUMBER_TEXT_SIZE], folded[TEXT_SIZE];

    if (!exact->number[0]) return true;
    ticket_number_write(row->ticket, number);
    fold_text(number, FOLD_TOGETHER, folded, sizeof folded);
    if (strncmp(folded, exact->number, strlen(exact->number)) == 0) return true;
    fold_text(row->name, FOLD_TOGETHER, folded, sizeof folded);
    if (strstr(folded, exact->together)) return true;
    fold_text(row->company, FOLD_TOGETHER, folded, sizeof folded);
    return strstr(folded, exact->together) != NULL;
}

static enum status find_tickets(struct db *db, uint32_t event, const char *expression, uint64_t out[ROWS_MOST + 1],
                                size_t *count_out)
{
    struct sqlite3_stmt *row = db->statements[STATEMENT_SEARCH];
    enum status status;
    size_t count = 0;

    db_bind(row, store_first_place(event), ROWS_MOST + 1);
    db_bind_text(row, 3, expression);
    while ((status = db_row(db, STATEMENT_SEARCH, "search")) == STATUS_OK)
        out[count++] = (uint64_t)sqlite3_column_int64(row, 0);
    if (status != STATUS_MISSING) return status;
    *count_out = count;
    return STATUS_OK;
}

enum status store_search(struct store *store, uint32_t event, const struct list *list, const char *text,
                         struct rows *out)
{
    struct store_sqlite *self = store_sqlite_of(store);
    struct query query;
    uint64_t tickets[ROWS_MOST + 1];
    size_t count = 0;
    enum status status = STATUS_OK;

    if (!self->db.handle) return STATUS_LATER;
    store_clear_rows(out, ROWS_FOUND);
    if (!text_is_utf8(text, strlen(text)) || !has_letters(text, LEAST_LETTERS)) return STATUS_OK;
    read_query(text, &query);
    if ((status = find_tickets(&self->db, event, query.expression, tickets, &count)) != STATUS_OK) return status;
    out->has_more = count > ROWS_MOST;
    for (size_t i = 0; i < count && out->count < ROWS_MOST; i++) {
        if ((status = store_add_row(store, event, list, tickets[i], out)) != STATUS_OK) return status;
        if (!suits(&query.exact, &out->rows[out->count - 1])) out->count--;
    }
    return STATUS_OK;
}

// ---- namesakes ----

static size_t count_word(const char *text, const char *word, size_t length)
{
    size_t count = 0;

    for (; *text; text += strspn(text, " ")) {
        size_t here = strcspn(text, " ");
        count += here == length && memcmp(text, word, length) == 0;
        text += here;
    }
    return count;
}

// The same words, each as often, in any order.
static bool is_same_name(const char *one, const char *other)
{
    if (strlen(one) != strlen(other)) return false;
    for (const char *word = one; *word; word += strspn(word, " ")) {
        size_t length = strcspn(word, " ");
        if (count_word(one, word, length) != count_word(other, word, length)) return false;
        word += length;
    }
    return true;
}

static void all_words(const char *folded, char out[EXPRESSION_SIZE])
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t words = 0; *folded && words < MOST_PARTS; words++) {
        size_t length = strcspn(folded, " ");
        used += (size_t)snprintf(out + used, EXPRESSION_SIZE - used, "%s\"%.*s\"", words ? " AND " : "", (int)length,
                                 folded);
        folded += length;
        folded += strspn(folded, " ");
    }
}

enum status store_has_namesake(struct store *store, uint32_t event, const char *name, bool *out)
{
    struct db *db = &store_sqlite_of(store)->db;
    char folded[TEXT_SIZE], expression[EXPRESSION_SIZE];
    bool is_found = false;
    enum status status = STATUS_MISSING;

    if (!db->handle) return STATUS_LATER;
    fold_text(text_is_utf8(name, strlen(name)) ? name : "", FOLD_APART, folded, sizeof folded);
    all_words(folded, expression);
    if (folded[0]) {
        db_bind(db->statements[STATEMENT_NAMESAKES], store_first_place(event));
        db_bind_text(db->statements[STATEMENT_NAMESAKES], 2, expression);
        while (!is_found && (status = db_row(db, STATEMENT_NAMESAKES, "look for a namesake")) == STATUS_OK)
            is_found = is_same_name((const char *)sqlite3_column_text(db->statements[STATEMENT_NAMESAKES], 0), folded);
        if (is_found) db_done(db, STATEMENT_NAMESAKES);
    }
    if (status != STATUS_OK && status != STATUS_MISSING) return status;
    *out = is_found;
    return STATUS_OK;
}
