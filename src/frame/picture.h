// picture.h -- what reading a picture file is bounded by.
#ifndef EINLASS_FRAME_PICTURE_H
#define EINLASS_FRAME_PICTURE_H

enum {
    PICTURE_MAX_FILE_BYTES = 64 << 20,
    PICTURE_MAX_PIXELS = 64 << 20, // unpacked; a few kB of file can claim far more
};

#endif
