// einlass_arguments.h -- the words after `einlass NOUN [VERB]`, read by the command's table of options.
// All texts are borrowed from argv. Pure but for messages on standard error.
#ifndef EINLASS_APP_EINLASS_ARGUMENTS_H
#define EINLASS_APP_EINLASS_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ARGUMENTS_MAX = 256 };

struct option {
    const char *name;  // without the dashes; NULL ends a table
    const char *value; // what its value is called, e.g. "FILE"; NULL: a switch
    const char *help;
    bool is_required, is_repeatable;
};

struct arguments;
struct command {
    const char *noun, *verb; // verb "": the noun alone is the command, e.g. `einlass office`
    const char *operand;     // what stands without dashes, e.g. "PEOPLE.csv"; NULL: nothing
    const char *summary;
    const struct option *options;
    int (*run)(const struct arguments *arguments); // answers the exit code
    void (*explain)(void);                         // writes more help below the options; NULL: there is none
};

struct arguments {
    const struct command *command;
    const char *operand; // the first
    const char *operands[ARGUMENTS_MAX];
    size_t operand_count, count;
    struct {
        const struct option *option;
        const char *value; // "" for a switch
    } given[ARGUMENTS_MAX];
};

enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

// EXIT_USAGE: a message was written, which says what to do. `words` are those after the verb.
int arguments_read(const struct command *command, int count, char **words, struct arguments *out);

const char *argument(const struct arguments *arguments, const char *name); // NULL: not given
// Every value of a repeatable option; false: more than `most` (a message was written).
bool arguments_all(const struct arguments *arguments, const char *name, const char **out, size_t most,
                   size_t *count_out);
// A number from `least` to `most`, `usual` if not given; false: it is none (a message was written).
bool argument_number(const struct arguments *arguments, const char *name, uint32_t least, uint32_t most, uint32_t usual,
                     uint32_t *out);

void arguments_help(const struct command *command); // on standard output

#endif
