// fold_sqlite.c -- folding as functions of SQL: folded_name(name, company) and folded_words(name, company, ticket).
#define LOG_MODULE "database"

#include "record/db_sqlite.h"

#include "record/fold.h"
#include "ticket/ticket.h"
#include "verdict/guest.h"

#include <assert.h>
#include <sqlite3.h>
#include <string.h>

enum {
    NAME_SIZE = 2 * GUEST_NAME_SIZE,  // folded; few letters become longer
    WORDS_SIZE = 5 * GUEST_NAME_SIZE, // three of them, and the number
};

// People without a name stand where their company would.
static void fold_name(const char *name, const char *company, char out[NAME_SIZE])
{
    fold_text(name, FOLD_APART, out, NAME_SIZE);
    if (!*out) fold_text(company, FOLD_APART, out, NAME_SIZE);
}

static void add_words(const char *text, enum fold_compound compound, char out[WORDS_SIZE])
{
    size_t used = strlen(out);

    if (used + 2 > WORDS_SIZE) return;
    if (used > 0) out[used++] = ' ';
    fold_text(text, compound, out + used, WORDS_SIZE - used);
}

// Anna-Lena is found by "annalena" too.
static void add_compounds(const char *text, char out[WORDS_SIZE])
{
    char marked[NAME_SIZE];

    fold_text(text, FOLD_MARKED, marked, sizeof marked);
    if (strchr(marked, FOLD_MARKED)) add_words(text, FOLD_TOGETHER, out);
}

static void fold_words(const char *name, const char *company, uint64_t ticket, char out[WORDS_SIZE])
{
    char number[TICKET_NUMBER_TEXT_SIZE];

    out[0] = '\0';
    ticket_number_write(ticket, number);
    number[SEARCH_NUMBER_LETTERS] = '\0';
    add_words(number, FOLD_APART, out);
    add_words(company, FOLD_APART, out);
    add_compounds(name, out);
    add_compounds(company, out);
}

static const char *text_of(struct sqlite3_value *value)
{
    const char *text = (const char *)sqlite3_value_text(value);
    return text ? text : "";
}

static void folded_name(struct sqlite3_context *context, int count, struct sqlite3_value **values)
{
    char folded[NAME_SIZE];

    assert(count == 2);
    fold_name(text_of(values[0]), text_of(values[1]), folded);
    sqlite3_result_text(context, folded, -1, SQLITE_TRANSIENT);
}

static void folded_words(struct sqlite3_context *context, int count, struct sqlite3_value **values)
{
    char folded[WORDS_SIZE];

    assert(count == 3);
    fold_words(text_of(values[0]), text_of(values[1]), (uint64_t)sqlite3_value_int64(values[2]), folded);
    sqlite3_result_text(context, folded, -1, SQLITE_TRANSIENT);
}

enum status db_add_functions(struct db *db)
{
    enum { FLAGS = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY };
    int code = sqlite3_create_function(db->handle, "folded_name", 2, FLAGS, NULL, folded_name, NULL, NULL);

    if (code == SQLITE_OK)
        code = sqlite3_create_function(db->handle, "folded_words", 3, FLAGS, NULL, folded_words, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : db_failure(db, "add functions");
}
