// clerk.h -- somebody who types `einlass …` in a folder of their own, and reads what it says.
#ifndef EINLASS_TESTS_SUPPORT_CLERK_H
#define EINLASS_TESTS_SUPPORT_CLERK_H

#include "support/check.h"
#include "support/folder.h"

struct clerk {
    struct folder folder;
    char said[1 << 16]; // by the last command, both channels
};

// Runs `einlass WORDS…` there; answers its exit code.
int run_words(struct clerk *clerk, const char *const *words);
void assert_says(const struct clerk *clerk, const char *part); // the last command did

#define run(clerk, ...) run_words(clerk, (const char *const[]){__VA_ARGS__, NULL})
#define assert_fine(clerk, ...)                                                                                        \
    do {                                                                                                               \
        if (run(clerk, __VA_ARGS__) != 0) fail_msg("it failed: %s", (clerk)->said);                                    \
    } while (0)

#endif
