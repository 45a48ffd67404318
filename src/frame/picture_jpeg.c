#define LOG_MODULE "picture"

#include "frame/picture_jpeg.h"

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "frame/picture.h"
#include "frame/shrink.h"

#include <stdbool.h>
#include <stdlib.h>

#include <turbojpeg.h>

struct picture_jpeg {
    tjhandle decoder;
};

enum status picture_jpeg_open(struct picture_jpeg **out)
{
    struct picture_jpeg *jpeg = mem_zero(sizeof *jpeg);

    jpeg->decoder = tjInitDecompress();
    if (!jpeg->decoder) {
        log_error("can't start the JPEG decoder: %s", tjGetErrorStr2(NULL));
        free(jpeg);
        return STATUS_LATER;
    }
    *out = jpeg;
    return STATUS_OK;
}

void picture_jpeg_close(struct picture_jpeg *jpeg)
{
    if (!jpeg) return;
    tjDestroy(jpeg->decoder);
    free(jpeg);
}

// Progressive pictures may repeat scans without end; LIMITSCANS stops that.
static bool unpack(struct picture_jpeg *jpeg, const uint8_t *bytes, size_t length, uint8_t *to, int width, int height,
                   int flags)
{
    if (tjDecompress2(jpeg->decoder, bytes, length, to, width, width, height, TJPF_GRAY, TJFLAG_LIMITSCANS | flags) ==
        0)
        return true;
    return !(flags & TJFLAG_STOPONWARNING) && tjGetErrorCode(jpeg->decoder) == TJERR_WARNING;
}

static enum status decode(struct picture_jpeg *jpeg, const uint8_t *bytes, size_t length, int flags,
                          struct frame *frame)
{
    int width, height, subsampling, colours;
    bool is_read;

    if (tjDecompressHeader3(jpeg->decoder, bytes, length, &width, &height, &subsampling, &colours) != 0 &&
        tjGetErrorCode(jpeg->decoder) != TJERR_WARNING)
        return STATUS_INVALID;
    if (width <= 0 || height <= 0 || (int64_t)width * height > PICTURE_MAX_PIXELS) return STATUS_INVALID;
    if ((int64_t)width * height <= FRAME_MAX_PIXELS) {
        frame->width_px = width;
        frame->height_px = height;
        is_read = unpack(jpeg, bytes, length, frame->pixels, width, height, flags);
    } else {
        uint8_t *large = mem_zero_array((size_t)width, (size_t)height);
        is_read = unpack(jpeg, bytes, length, large, width, height, flags);
        if (is_read) shrink_to_frame(&(struct grey_picture){large, width, height, width}, frame);
        free(large);
    }
    return is_read ? STATUS_OK : STATUS_INVALID;
}

enum status picture_jpeg_decode(struct picture_jpeg *jpeg, const uint8_t *bytes, size_t length, struct frame *frame)
{
    return decode(jpeg, bytes, length, TJFLAG_FASTDCT, frame);
}

enum status picture_jpeg_read(struct picture_jpeg *jpeg, const char *path, struct frame *frame)
{
    uint8_t *bytes;
    size_t length;
    enum status status = file_read(path, PICTURE_MAX_FILE_BYTES, &bytes, &length);

    if (status != STATUS_OK) return status;
    status = decode(jpeg, bytes, length, TJFLAG_STOPONWARNING, frame);
    if (status != STATUS_OK) log_warn("can't use this picture file=%s: damaged, too large or not a JPEG", path);
    free(bytes);
    return status;
}
