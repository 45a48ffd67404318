// draft_parts.h -- how single words of a draft are checked and taken; for draft*.c only. Pure.
// Each writes the flaw where it answers INVALID; `what` is how the words call it, e.g. "--name".
#ifndef EINLASS_OFFICE_DRAFT_PARTS_H
#define EINLASS_OFFICE_DRAFT_PARTS_H

#include "office/draft.h"

__attribute__((format(printf, 2, 3))) enum status draft_refuse(struct draft_flaw *flaw, const char *format,
                                                               ...); // INVALID

// What is NULL or empty leaves `to` as it is.
enum status draft_text(const char *typed, const char *what, char *to, size_t to_size,
                       struct draft_flaw *flaw) MUST_CHECK;
// German, and English which is the same unless given: to[LANGUAGE_COUNT][to_size].
enum status draft_texts(const char *german, const char *english, const char *what, char *to, size_t to_size,
                        struct draft_flaw *flaw) MUST_CHECK;
// 1 to `most`; NULL leaves `to` as it is.
enum status draft_number(const char *typed, const char *what, uint32_t most, uint32_t *to,
                         struct draft_flaw *flaw) MUST_CHECK;
// A class or group by its number or its name in either language. INVALID: none of them; no flaw is written.
enum status draft_label(const char *typed, const struct event_label *labels, size_t count, uint8_t *out) MUST_CHECK;

// Cuts "Bus 3|Coach 3|vor dem Rathaus" at its bars; parts that are missing are NULL.
enum { DRAFT_PARTS = 4 };
void draft_cut(char *text, const char *parts[DRAFT_PARTS]);
char *draft_trim(char *text); // without the blanks at its ends

// Parts of draft_event: classes, groups and times must have been taken before, and lists before walk-ins.
enum status draft_lists(const struct draft *draft, struct event *out, struct draft_flaw *flaw) MUST_CHECK;
enum status draft_stops(const struct draft *draft, struct event *out, struct draft_flaw *flaw) MUST_CHECK;
enum status draft_walk_ins(const struct draft *draft, struct event *out, struct draft_flaw *flaw) MUST_CHECK;

#endif
