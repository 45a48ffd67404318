#include "app/einlass_arguments.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int refuse(const struct command *command, const char *what, const char *word)
{
    fprintf(stderr, "einlass: %s%s\nSee: einlass %s%s%s --help\n", what, word, command->noun, *command->verb ? " " : "",
            command->verb);
    return EXIT_USAGE;
}

static const struct option *find_option(const struct command *command, const char *name, size_t length)
{
    for (const struct option *option = command->options; option->name; option++)
        if (strlen(option->name) == length && strncmp(option->name, name, length) == 0) return option;
    return NULL;
}

// "--name value" or "--name=value" (a value that begins with "--" only so); answers how many words it took, 0 after a
// message.
static int take_option(int count, char **words, struct arguments *out)
{
    const char *name = words[0] + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    const struct option *option = find_option(out->command, name, length);
    const char *value = "";

    if (!option) return refuse(out->command, "there is no option ", words[0]), 0;
    if (!option->value && equals) return refuse(out->command, "this option takes no value: ", words[0]), 0;
    if (option->value && !equals && (count < 2 || strncmp(words[1], "--", 2) == 0))
        return refuse(out->command, "a value is missing after ", words[0]), 0;
    if (!option->is_repeatable && argument(out, option->name))
        return refuse(out->command, "this option may be given once: ", words[0]), 0;
    if (out->count == ARGUMENTS_MAX) return refuse(out->command, "too many options, beginning with ", words[0]), 0;
    if (option->value) value = equals ? equals + 1 : words[1];
    out->given[out->count].option = option;
    out->given[out->count++].value = value;
    return option->value && !equals ? 2 : 1;
}

static int check_required(const struct arguments *arguments)
{
    const struct command *command = arguments->command;

    for (const struct option *option = command->options; option->name; option++)
        if (option->is_required && !argument(arguments, option->name))
            return refuse(command, "an option is missing: --", option->name);
    if (command->operand && !arguments->operand) return refuse(command, "this is missing: ", command->operand);
    return EXIT_FINE;
}

static bool has_room(const struct arguments *arguments)
{
    const char *operand = arguments->command->operand;

    if (!operand) return false;
    return arguments->operand_count < (strstr(operand, "…") ? ARGUMENTS_MAX : 1);
}

int arguments_read(const struct command *command, int count, char **words, struct arguments *out)
{
    bool is_only_operands = false;

    *out = (struct arguments){.command = command};
    for (int i = 0; i < count;) {
        bool is_option = !is_only_operands && strncmp(words[i], "--", 2) == 0;
        if (is_option && !words[i][2]) {
            is_only_operands = true;
            i++;
        } else if (is_option) {
            int taken = take_option(count - i, words + i, out);
            if (taken == 0) return EXIT_USAGE;
            i += taken;
        } else {
            if (!has_room(out)) return refuse(command, "this is one word too many: ", words[i]);
            out->operands[out->operand_count++] = words[i++];
            out->operand = out->operands[0];
        }
    }
    return check_required(out);
}

const char *argument(const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->count; i++)
        if (strcmp(arguments->given[i].option->name, name) == 0) return arguments->given[i].value;
    return NULL;
}

bool arguments_all(const struct arguments *arguments, const char *name, const char **out, size_t most,
                   size_t *count_out)
{
    *count_out = 0;
    for (size_t i = 0; i < arguments->count; i++) {
        if (strcmp(arguments->given[i].option->name, name) != 0) continue;
        if (*count_out == most) {
            fprintf(stderr, "einlass: --%s may be given %zu times\n", name, most);
            return false;
        }
        out[(*count_out)++] = arguments->given[i].value;
    }
    return true;
}

bool argument_number(const struct arguments *arguments, const char *name, uint32_t least, uint32_t most, uint32_t usual,
                     uint32_t *out)
{
    const char *value = argument(arguments, name);
    char *end;

    *out = usual;
    if (!value) return true;
    unsigned long long number = strtoull(value, &end, 10);
    if (value[0] >= '0' && value[0] <= '9' && !*end && number >= least && number <= most) {
        *out = (uint32_t)number;
        return true;
    }
    fprintf(stderr, "einlass: --%s must be a number from %u to %u, not '%s'\n", name, least, most, value);
    return false;
}

void arguments_help(const struct command *command)
{
    printf("%s\n\nUsage: einlass %s%s%s%s%s [OPTION]…\n\n", command->summary, command->noun, *command->verb ? " " : "",
           command->verb, command->operand ? " " : "", command->operand ? command->operand : "");
    for (const struct option *option = command->options; option->name; option++) {
        char form[64];
        snprintf(form, sizeof form, "--%s%s%s", option->name, option->value ? " " : "",
                 option->value ? option->value : "");
        printf("  %-28s %s%s%s\n", form, option->help, option->is_required ? " (required)" : "",
               option->is_repeatable ? " (may be repeated)" : "");
    }
    if (command->explain) command->explain();
}
