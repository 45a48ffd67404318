#define LOG_MODULE "hub"

#include "app/hub_parts.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
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
