// A reading process as the real one is, on a machine where the decoder takes SLOW_NS_PER_PIXEL more: behind the
// decoder's port, the real one, and then as much of a core. The linker puts it there (--wrap).
#include "base/mem.h"
#include "code/booth.h"
#include "symbol/decoder.h"

#include <stdlib.h>
#include <time.h>

struct slow_decoder {
    struct decoder decoder, *real;
};

static int64_t cpu_ns(void)
{
    struct timespec had;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &had);
    return (int64_t)had.tv_sec * 1000000000 + had.tv_nsec;
}

static void slow_decode(struct decoder *base, const struct grey_picture *picture, struct decoding *out)
{
    struct slow_decoder *slow = (struct slow_decoder *)base;
    int64_t more_ns = (int64_t)picture->width_px * picture->height_px * SLOW_NS_PER_PIXEL * CAGE_SLOWNESS;
    int64_t began_ns = cpu_ns();

    while (cpu_ns() - began_ns < more_ns) continue;
    slow->real->ops->decode(slow->real, picture, out);
}

static void slow_close(struct decoder *base)
{
    struct slow_decoder *slow = (struct slow_decoder *)base;

    decoder_close(slow->real);
    free(slow);
}

enum status __real_decoder_zbar_open(struct decoder **out);
enum status __wrap_decoder_zbar_open(struct decoder **out);

enum status __wrap_decoder_zbar_open(struct decoder **out)
{
    static const struct decoder_ops ops = {.decode = slow_decode, .close = slow_close};
    struct slow_decoder *slow = mem_zero(sizeof *slow);
    enum status status = __real_decoder_zbar_open(&slow->real);

    slow->decoder.ops = &ops;
    if (status == STATUS_OK) *out = &slow->decoder;
    else free(slow);
    return status;
}

int main(void)
{
    booth_serve(reader_local_open);
}
