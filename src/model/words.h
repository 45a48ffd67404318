// words.h -- the texts of the screen in the chosen language (port).
// German is the language of the sources: a text without a catalogue, or missing in it, is shown in German.
// Threads: all calls from the main thread (gettext's choice of language belongs to the process).
#ifndef EINLASS_MODEL_WORDS_H
#define EINLASS_MODEL_WORDS_H

#include "base/status.h"
#include "record/event.h"

struct words {
    const struct words_ops *ops;
};
struct words_ops {
    void (*choose)(struct words *self, enum language language);
    const char *(*say)(const struct words *self, const char *german); // stays valid until close
    void (*close)(struct words *self);                                // frees self
};

// The word for a German text. Extracted by xgettext --keyword=say:2.
__attribute__((format_arg(2))) static inline const char *say(const struct words *words, const char *german)
{
    return words->ops->say(words, german);
}

static inline void words_close(struct words *words)
{
    if (words) words->ops->close(words);
}

// Catalogues: FOLDER/en/LC_MESSAGES/einlass.mo. Never fails: without them everything is German, the log says so.
void words_gettext_open(const char *folder, struct words **out);

#endif
