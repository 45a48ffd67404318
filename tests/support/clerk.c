#include "support/clerk.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORDS = 32 };

int run_words(struct clerk *clerk, const char *const *words)
{
    extern char **environ;
    char *arguments[MAX_WORDS] = {EINLASS_PROGRAM};
    posix_spawn_file_actions_t actions;
    char said[128];
    pid_t child;
    int code, count = 1;

    for (; words[count - 1]; count++) arguments[count] = (char *)(uintptr_t)words[count - 1];
    folder_file(&clerk->folder, "said", said);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, said, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    posix_spawn_file_actions_addchdir_np(&actions, clerk->folder.path);
    assert_int_equal(posix_spawn(&child, EINLASS_PROGRAM, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code));
    FILE *file = fopen(said, "r");
    size_t length = fread(clerk->said, 1, sizeof clerk->said - 1, file);
    clerk->said[length] = '\0';
    fclose(file);
    unlink(said);
    return WEXITSTATUS(code);
}

void assert_says(const struct clerk *clerk, const char *part)
{
    if (!strstr(clerk->said, part)) fail_msg("'%s' is missing in: %s", part, clerk->said);
}
