// einlass clerk …: who may look at the office's pages.
#include "app/einlass_command.h"

#include "office/clerk.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const struct option clerk_options[] = {OPTION_BOOK, OPTION_DATABASE, {0}};

enum { PASSWORD_SIZE = 256 };

// A line of standard input; typed into a terminal, it isn't shown.
static bool read_password(const char *prompt, char out[PASSWORD_SIZE])
{
    bool is_terminal = isatty(STDIN_FILENO);
    struct termios before, silent;

    if (is_terminal && tcgetattr(STDIN_FILENO, &before) == 0) {
        silent = before;
        silent.c_lflag &= ~(tcflag_t)ECHO;
        fputs(prompt, stderr);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    char *line = fgets(out, PASSWORD_SIZE, stdin);
    if (is_terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        fputc('\n', stderr);
    }
    if (!line) return false;
    out[strcspn(out, "\r\n")] = '\0';
    return true;
}

static int ask_password(char out[PASSWORD_SIZE])
{
    char again[PASSWORD_SIZE];
    bool is_same = true;

    if (!read_password("Password: ", out)) out[0] = '\0';
    if (isatty(STDIN_FILENO)) is_same = read_password("Once more: ", again) && strcmp(out, again) == 0;
    sodium_memzero(again, sizeof again);
    if (is_same) return EXIT_FINE;
    fputs("einlass: these were two different passwords; nothing was changed\n", stderr);
    return EXIT_FAILED;
}

static int add(const struct arguments *arguments)
{
    const char *name = arguments->operand;
    char password[PASSWORD_SIZE];
    struct inbox *inbox = NULL;
    int code = ask_password(password);

    if (code == EXIT_FINE && (code = records_open(arguments, &inbox)) == EXIT_FINE) {
        enum status status = clerk_set(inbox, name, password);
        if (status == STATUS_OK) printf("%s can log in now.\n", name);
        else if (status == STATUS_INVALID) {
            fprintf(stderr, "einlass: a password has at least %d characters, a name at most %d bytes\n",
                    CLERK_LEAST_PASSWORD, CLERK_NAME_SIZE - 1);
            code = EXIT_FAILED;
        } else code = command_failed("can't keep the login", status);
    }
    sodium_memzero(password, sizeof password);
    inbox_close(inbox);
    return code;
}

const struct command command_clerk_add = {
    .noun = "clerk",
    .verb = "add",
    .operand = "NAME",
    .summary = "Make a login for the office's page, or give it a new password (it is asked for).",
    .options = clerk_options,
    .run = add,
};

static enum status print_name(void *owner, const char *name)
{
    (void)owner;
    puts(name);
    return STATUS_OK;
}

static int list_clerks(const struct arguments *arguments)
{
    struct inbox *inbox = NULL;
    int code = records_open(arguments, &inbox);

    if (code == EXIT_FINE) {
        enum status status = clerk_each(inbox, print_name, NULL);
        if (status != STATUS_OK) code = command_failed("can't read the logins", status);
    }
    inbox_close(inbox);
    return code;
}

const struct command command_clerk_list = {
    .noun = "clerk",
    .verb = "list",
    .summary = "Names of those who can log in on the office's page.",
    .options = clerk_options,
    .run = list_clerks,
};

static int remove_clerk(const struct arguments *arguments)
{
    struct inbox *inbox = NULL;
    int code = records_open(arguments, &inbox);

    if (code == EXIT_FINE) {
        enum status status = clerk_remove(inbox, arguments->operand);
        if (status == STATUS_OK) printf("%s can't log in any more.\n", arguments->operand);
        else if (status == STATUS_MISSING) {
            fprintf(stderr, "einlass: there is no login '%s'\n", arguments->operand);
            code = EXIT_FAILED;
        } else code = command_failed("can't take the login away", status);
    }
    inbox_close(inbox);
    return code;
}

const struct command command_clerk_remove = {
    .noun = "clerk",
    .verb = "remove",
    .operand = "NAME",
    .summary = "Take a login away; who is logged in with it is out at once.",
    .options = clerk_options,
    .run = remove_clerk,
};
