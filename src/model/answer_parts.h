// answer_parts.h -- answers that a list's mode changes; the rest stands in answer.c. Internal to both.
#ifndef EINLASS_MODEL_ANSWER_PARTS_H
#define EINLASS_MODEL_ANSWER_PARTS_H

#include "model/answer.h"

#define N_(german) german // marks a text for xgettext; say() translates it

struct phrase {
    const char *word, *why, *next; // German; "" where the facts make the sentence
};

// What is said for OK, ALREADY_REDEEMED and FULL in a mode.
struct phrase answer_phrase(const struct notice *notice, const struct answer_scope *scope);
// The facts, into an answer that already holds the phrase.
void answer_write_ok(const struct notice *notice, const struct answer_scope *scope, struct answer *out);
void answer_write_already(const struct notice *notice, const struct answer_scope *scope, struct answer *out);

#endif
