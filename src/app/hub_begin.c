#define LOG_MODULE "hub"

#include "app/hub_parts.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// In the new process, beside other threads' locks: nothing but system calls.
static void become(const char *program, char *const words[], int out_fd, pid_t parent)
{
    static const int ignored[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT, SIGTSTP};
    sigset_t none;
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent || nowhere < 0) _exit(127);
    if (dup2(nowhere, STDIN_FILENO) < 0 || dup2(out_fd < 0 ? nowhere : out_fd, STDOUT_FILENO) < 0) _exit(127);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execv(program, words);
    _exit(127);
}

pid_t hub_begin(const char *program, char *const words[], int out_fd)
{
    pid_t parent = getpid(), pid = fork();

    if (pid == 0) become(program, words, out_fd, parent);
    if (pid > 0) return pid;
    log_error("can't start program=%s: %s", program, strerror(errno));
    return 0;
}

// ---- with what it says ----

bool hub_tool_begin(struct hub_tool *tool, char *const words[], int64_t mono_ms)
{
    int ends[2];

    tool->length = 0;
    tool->since_ms = mono_ms;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
    tool->pid = hub_begin(words[0], words, ends[1]);
    close(ends[1]);
    tool->said_fd = ends[0];
    if (tool->pid == 0) close(ends[0]);
    return tool->pid != 0;
}

// False: it has more to say.
static bool hear(struct hub_tool *tool)
{
    ssize_t count;

    do {
        size_t room = sizeof tool->said - 1 - tool->length;
        count = read(tool->said_fd, tool->said + tool->length, room);
        if (count > 0) tool->length += (size_t)count;
    } while (count > 0 && tool->length < sizeof tool->said - 1);
    tool->said[tool->length] = '\0';
    return count == 0 || tool->length == sizeof tool->said - 1;
}

bool hub_tool_take(struct hub_tool *tool, int64_t mono_ms, bool *is_well_out)
{
    int status = 0;
    bool is_stuck = mono_ms - tool->since_ms >= HUB_TOOL_MS;

    if (!hear(tool) && !is_stuck) return false;
    if (is_stuck) kill(tool->pid, SIGKILL);
    waitpid(tool->pid, &status, 0); // it has closed its output: it ends
    close(tool->said_fd);
    tool->pid = 0;
    *is_well_out = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return true;
}

void hub_tool_end(struct hub_tool *tool)
{
    if (tool->pid == 0) return;
    kill(tool->pid, SIGKILL);
    waitpid(tool->pid, NULL, 0);
    close(tool->said_fd);
    tool->pid = 0;
}
