// office.h -- a book with one event in a folder of its own, for tests.
#ifndef EINLASS_TESTS_OFFICE_OFFICE_H
#define EINLASS_TESTS_OFFICE_OFFICE_H

#include "support/check.h"

#include "office/book.h"
#include "office/draft.h"
#include "support/folder.h"

#include <stdio.h>
#include <stdlib.h>

enum { OFFICE_EVENT = 7 };

struct office {
    struct folder folder;
    char path[128];
    struct book *book;
    struct event event;
};

static inline struct draft office_draft(void)
{
    return (struct draft){
        .number = "7",
        .name = "StudiTour Brilon",
        .kind = "studitour",
        .starts = "2026-11-22T09:00",
        .ends = "2026-11-22T17:00",
        .groups = {"1=Bus 1|Coach 1", "2=Bus 2|Coach 2"},
        .group_count = 2,
    };
}

static inline int office_open(void **state)
{
    struct office *office = calloc(1, sizeof *office);
    struct draft draft = office_draft();
    struct draft_flaw flaw;

    folder_make(&office->folder);
    folder_file(&office->folder, "book", office->path);
    assert_int_equal(book_create(office->path, &office->book), STATUS_OK);
    assert_int_equal(draft_event(&draft, &office->event, &flaw), STATUS_OK);
    assert_int_equal(book_add_event(office->book, &office->event), STATUS_OK);
    assert_int_equal(book_find_event(office->book, OFFICE_EVENT, &office->event), STATUS_OK);
    *state = office;
    return 0;
}

static inline void office_reopen(struct office *office)
{
    book_close(office->book);
    office->book = NULL;
    assert_int_equal(book_open(office->path, &office->book), STATUS_OK);
}

static inline int office_close(void **state)
{
    struct office *office = *state;

    book_close(office->book);
    folder_remove(&office->folder);
    free(office);
    return 0;
}

#define office_test(test) cmocka_unit_test_setup_teardown(test, office_open, office_close)

#endif
