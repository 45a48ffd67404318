#define LOG_MODULE "booth"

#include "code/booth.h"

#include "base/log.h"
#include "base/mem.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// Corners may lie a little outside the picture, as a symbol does that is cut off.
static const float CORNER_LEAST = -1, CORNER_MOST = 2;

void booth_pack(const struct reading *reading, struct booth_reading *out)
{
    out->count = (uint32_t)reading->count;
    out->is_exhausted = reading->is_exhausted;
    out->hint = (uint32_t)reading->hint;
    for (size_t i = 0; i < reading->count; i++) {
        struct booth_code *packed = &out->codes[i];
        packed->length = (uint32_t)reading->codes[i].length;
        memcpy(packed->x, reading->sightings[i].x, sizeof packed->x);
        memcpy(packed->y, reading->sightings[i].y, sizeof packed->y);
        memcpy(packed->text, reading->codes[i].text, packed->length);
    }
}

static bool is_corner(float at)
{
    return isfinite(at) && at >= CORNER_LEAST && at <= CORNER_MOST;
}

static bool is_plausible(const struct booth_code *packed)
{
    for (int i = 0; i < 4; i++)
        if (!is_corner(packed->x[i]) || !is_corner(packed->y[i])) return false;
    return packed->length <= CODE_MAX_BYTES;
}

enum status booth_unpack(const struct booth_reading *packed, int64_t mono_ms, struct reading *out)
{
    if (packed->count > READER_MAX_CODES || packed->is_exhausted > 1 || packed->hint >= HINT_COUNT)
        return STATUS_INVALID;
    for (uint32_t i = 0; i < packed->count; i++)
        if (!is_plausible(&packed->codes[i])) return STATUS_INVALID;
    out->count = packed->count;
    out->is_exhausted = packed->is_exhausted;
    out->hint = (enum hint)packed->hint;
    for (uint32_t i = 0; i < packed->count; i++) {
        const struct booth_code *from = &packed->codes[i];
        out->codes[i].via = CODE_VIA_CAMERA;
        out->codes[i].mono_ms = out->sightings[i].mono_ms = mono_ms;
        out->codes[i].length = from->length;
        memcpy(out->codes[i].text, from->text, from->length);
        memcpy(out->sightings[i].x, from->x, sizeof from->x);
        memcpy(out->sightings[i].y, from->y, sizeof from->y);
    }
    return STATUS_OK;
}

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

// A limit of its own, should the parent be held up: SIGALRM ends the process.
static void set_alarm(int32_t ms)
{
    const struct itimerval timer = {.it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000}};

    setitimer(ITIMER_REAL, &timer, NULL);
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
        set_alarm(booth->alarm_ms);
        reader->ops->read(reader, &booth->frame, reading);
        set_alarm(0);
        booth_pack(reading, &booth->reading);
        answer(number, &cage);
    }
}
