// booth_serve.c -- the side of the booth that is in the cage; the kiosk holds nothing of it.
#define LOG_MODULE "booth"

#include "code/booth.h"

#include "base/log.h"
#include "base/mem.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// By _exit, here and below: nothing is left to be cleaned up, and a leak checker can't work in the cage.
static struct booth *enter_booth(void)
{
    struct booth *booth = mmap(NULL, sizeof *booth, PROT_READ | PROT_WRITE, MAP_SHARED, BOOTH_MEMORY_FD, 0);

    if (booth == MAP_FAILED) {
        log_error("started without a booth: this program is for the kiosk, not for people");
        _exit(2);
    }
    close(BOOTH_MEMORY_FD);
    return booth;
}

static void answer(uint32_t number, const struct cage *cage)
{
    struct booth_answer words = {BOOTH_MARK, number, *cage};

    if (send(BOOTH_SOCKET_FD, &words, sizeof words, MSG_NOSIGNAL) != sizeof words) _exit(0);
}

// Waits for the parent's ring. Its going away is the end.
static uint32_t listen_for_ring(void)
{
    uint32_t number;

    if (recv(BOOTH_SOCKET_FD, &number, sizeof number, 0) != sizeof number) _exit(0);
    return number;
}

static void set_timer(__itimer_which_t which, int32_t ms)
{
    const struct itimerval timer = {.it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000}};

    setitimer(which, &timer, NULL);
}

// Limits of its own, should the parent be held up: SIGPROF or SIGALRM ends the process.
static void set_alarms(int32_t cpu_ms, int32_t wall_ms)
{
    set_timer(ITIMER_PROF, cpu_ms);
    set_timer(ITIMER_REAL, wall_ms);
}

void booth_serve(booth_open_reader *open_reader)
{
    struct booth *booth = enter_booth();
    struct reading *reading = mem_zero(sizeof *reading);
    struct reader_config config = {.clock = clock_system(), .budget_ms = booth->attempts_ms};
    struct reader *reader;
    struct cage cage;

    prctl(PR_SET_PDEATHSIG, SIGKILL); // even if it hangs; before the cage, which takes the means to undo it
    if (open_reader(&config, &reader) != STATUS_OK) _exit(1);
    cage_enter(BOOTH_SOCKET_FD, &cage);
    answer(0, &cage);
    for (;;) {
        uint32_t number = listen_for_ring();
        set_alarms(booth->cpu_alarm_ms, booth->wall_alarm_ms);
        if (reader->ops->rest) reader->ops->rest(reader, booth->rest_ms);
        reader->ops->read(reader, &booth->frame, reading);
        set_alarms(0, 0);
        booth_pack(reading, &booth->reading);
        answer(number, &cage);
    }
}
