#define LOG_MODULE "kiosk"

#include "app/shut_down.h"

#include "base/log.h"
#include "base/text.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MOST_BYTES = 512 };

// Signals are as a program expects them: none held back, none ignored.
static void release_signals(void)
{
    static const int ignored[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT, SIGTSTP};
    sigset_t none;

    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++) signal(ignored[i], SIG_DFL);
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}

enum status shut_down_become(const char *command)
{
    char text[MOST_BYTES], *rest = NULL;
    char *words[SHUT_DOWN_MOST_WORDS + 1] = {NULL};
    size_t count = 0;

    text_copy(text, sizeof text, command);
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        if (count == SHUT_DOWN_MOST_WORDS) {
            log_error("shut_down has more than %d words, nothing is done", SHUT_DOWN_MOST_WORDS);
            return STATUS_INVALID;
        }
        words[count++] = word;
    }
    if (count == 0) return STATUS_OK;
    log_info("shutting down command=\"%s\"", command);
    release_signals();
    execvp(words[0], words);
    log_error("can't shut down command=\"%s\": %s", command, strerror(errno));
    return STATUS_MISSING;
}
