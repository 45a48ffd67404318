// lists_sqlite.c -- an event's lists and stops in the book.
#include "office/book_sqlite.h"

static enum status add_labels_of(struct book *book, uint32_t event, const struct list *list, const char *of,
                                 const struct id_set *ids)
{
    enum status status = STATUS_OK;

    for (int id = 0; id < 256 && status == STATUS_OK; id++)
        if (id_set_has(ids, (uint8_t)id))
            status = book_run(book, book_query(book, "INSERT INTO list_label VALUES (?, ?, ?, ?)", "iiti",
                                               (int64_t)event, (int64_t)list->id, of, (int64_t)id));
    return status;
}

static enum status add_list(struct book *book, uint32_t event, const struct list *list)
{
    enum status status = book_run(
        book, book_query(book, "INSERT INTO list VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "iittiiiii", (int64_t)event,
                         (int64_t)list->id, list_mode_word(list->mode), list->name, (int64_t)list->capacity,
                         list->opens_ms, list->closes_ms, (int64_t)list->stock, (int64_t)list->after));

    if (status != STATUS_OK) return status;
    if ((status = add_labels_of(book, event, list, "class", &list->classes)) != STATUS_OK) return status;
    return add_labels_of(book, event, list, "group", &list->groups);
}

enum status book_add_lists(struct book *book, const struct event *event)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < event->list_count && status == STATUS_OK; i++)
        status = add_list(book, event->number, &event->lists[i]);
    return status;
}

static enum status find_labels_of(struct book *book, uint32_t event, struct list *list)
{
    sqlite3_stmt *row = book_query(book, "SELECT of = 'class', id FROM list_label WHERE event = ? AND list = ?", "ii",
                                   (int64_t)event, (int64_t)list->id);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK)
        id_set_add(sqlite3_column_int(row, 0) ? &list->classes : &list->groups, (uint8_t)sqlite3_column_int(row, 1));
    return status == STATUS_MISSING ? STATUS_OK : status;
}

static enum status read_list(sqlite3_stmt *row, struct list *out)
{
    out->id = (uint16_t)sqlite3_column_int(row, 0);
    if (list_mode_of_word((const char *)sqlite3_column_text(row, 1), &out->mode) != STATUS_OK) return STATUS_CORRUPT;
    book_column_text(row, 2, out->name, sizeof out->name);
    out->capacity = (uint32_t)sqlite3_column_int64(row, 3);
    out->opens_ms = sqlite3_column_int64(row, 4);
    out->closes_ms = sqlite3_column_int64(row, 5);
    out->stock = (uint32_t)sqlite3_column_int64(row, 6);
    out->after = (uint16_t)sqlite3_column_int(row, 7);
    return STATUS_OK;
}

enum status book_find_lists(struct book *book, struct event *out)
{
    sqlite3_stmt *row = book_query(book,
                                   "SELECT id, mode, name, capacity, opens_ms, closes_ms, stock, after_list FROM list"
                                   " WHERE event = ? ORDER BY id",
                                   "i", (int64_t)out->number);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (out->list_count == EVENT_MAX_LISTS) return STATUS_CORRUPT;
        if (read_list(row, &out->lists[out->list_count++]) != STATUS_OK) return STATUS_CORRUPT;
    }
    if (status != STATUS_MISSING) return status;
    status = STATUS_OK;
    for (size_t i = 0; i < out->list_count && status == STATUS_OK; i++)
        status = find_labels_of(book, out->number, &out->lists[i]);
    return status;
}

enum status book_add_stops(struct book *book, const struct event *event)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < event->stop_count && status == STATUS_OK; i++)
        status = book_run(book,
                          book_query(book, "INSERT INTO stop VALUES (?, ?, ?, ?)", "iitt", (int64_t)event->number,
                                     (int64_t)i, event->stops[i].name[LANGUAGE_DE], event->stops[i].name[LANGUAGE_EN]));
    return status;
}

enum status book_find_stops(struct book *book, struct event *out)
{
    sqlite3_stmt *row =
        book_query(book, "SELECT name_de, name_en FROM stop WHERE event = ? ORDER BY place", "i", (int64_t)out->number);
    enum status status;

    while ((status = book_step(book, row)) == STATUS_OK) {
        if (out->stop_count == EVENT_MAX_STOPS) return STATUS_CORRUPT;
        struct event_stop *stop = &out->stops[out->stop_count++];
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            book_column_text(row, language, stop->name[language], sizeof stop->name[language]);
    }
    return status == STATUS_MISSING ? STATUS_OK : status;
}
