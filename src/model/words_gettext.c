#define LOG_MODULE "words"

#include "model/words.h"

#include "base/log.h"
#include "base/mem.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define DOMAIN "einlass"

// Counted up, gettext forgets which catalogue it had chosen. Source: gettext manual, "gettext grok".
extern int _nl_msg_cat_cntr; // NOLINT(bugprone-reserved-identifier): glibc's name

static void choose(struct words *self, enum language language)
{
    static const char *const names[] = {[LANGUAGE_DE] = "de", [LANGUAGE_EN] = "en"};

    (void)self;
    setenv("LANGUAGE", names[language], 1);
    _nl_msg_cat_cntr++;
}

static const char *translate(const struct words *self, const char *german)
{
    (void)self;
    return dgettext(DOMAIN, german);
}

static void close_words(struct words *self)
{
    free(self);
}

void words_gettext_open(const char *folder, struct words **out)
{
    static const struct words_ops ops = {choose, translate, close_words};
    struct words *words = mem_zero(sizeof *words);
    char catalogue[4096];

    words->ops = &ops;
    snprintf(catalogue, sizeof catalogue, "%s/en/LC_MESSAGES/" DOMAIN ".mo", folder);
    if (access(catalogue, R_OK)) log_warn("no English texts, everything is German path=%s", catalogue);
    // C.UTF-8 is part of libc: no generated locale is needed, yet gettext looks for catalogues (in "C" it doesn't).
    if (!setlocale(LC_ALL, "C.UTF-8")) log_warn("no locale C.UTF-8, everything is German");
    bindtextdomain(DOMAIN, folder);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    bindtextdomain("libc", folder); // where it finds nothing: strerror() in the log stays English
    choose(words, LANGUAGE_DE);
    *out = words;
}
