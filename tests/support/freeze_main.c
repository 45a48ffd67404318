// freeze -- makes threads of another program stand still, wherever they are: as a deadlock, a driver that never
// returns, or a bug would. usage: freeze PID THREAD…   ("main" is the one that began the program)
// Says "frozen" when all of them do; when its standard input ends, they go on. Ends with 77 where stopping others isn't
// allowed (Yama). Source: ptrace(2), PTRACE_SEIZE, PTRACE_INTERRUPT.
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void read_name(const char *pid, const char *thread, char out[32])
{
    char path[64];

    out[0] = '\0';
    if (strcmp(pid, thread) == 0) {
        strcpy(out, "main");
        return;
    }
    snprintf(path, sizeof path, "/proc/%.16s/task/%.16s/comm", pid, thread);
    FILE *file = fopen(path, "r");
    if (file && !fgets(out, 32, file)) out[0] = '\0';
    if (file) fclose(file);
    out[strcspn(out, "\n")] = '\0';
}

// The thread's number; 0: there is none of that name.
static pid_t find(const char *pid, const char *wanted)
{
    char path[64], name[32];
    pid_t found = 0;

    snprintf(path, sizeof path, "/proc/%.16s/task", pid);
    DIR *threads = opendir(path);
    for (struct dirent *thread; threads && !found && (thread = readdir(threads));) {
        if (thread->d_name[0] == '.') continue;
        read_name(pid, thread->d_name, name);
        if (strcmp(name, wanted) == 0) found = (pid_t)strtol(thread->d_name, NULL, 10);
    }
    if (threads) closedir(threads);
    return found;
}

static bool freeze(pid_t thread)
{
    int status;

    return ptrace(PTRACE_SEIZE, thread, NULL, NULL) == 0 && ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) == 0 &&
           waitpid(thread, &status, __WALL) == thread && WIFSTOPPED(status);
}

int main(int argc, char **argv)
{
    char byte;

    if (argc < 3) {
        fprintf(stderr, "usage: freeze PID THREAD…\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        pid_t thread = find(argv[1], argv[i]);
        if (thread > 0 && freeze(thread)) continue;
        fprintf(stderr, "freeze: %s: %s\n", argv[i], thread > 0 ? strerror(errno) : "no such thread");
        return thread > 0 && errno == EPERM ? 77 : 1; // the kernel lets go whom we hold
    }
    puts("frozen");
    fflush(stdout);
    while (read(STDIN_FILENO, &byte, 1) > 0) continue;
    return 0;
}
