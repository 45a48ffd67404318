// zxing_shim.h -- ZXing-C++ (libzxing-dev), which has no C interface in Debian 12, as one C function. Optional: built
// where CMake finds the library and a C++ compiler, and needed by nothing.
#ifndef EINLASS_TESTS_BENCH_SCAN_ZXING_SHIM_H
#define EINLASS_TESTS_BENCH_SCAN_ZXING_SHIM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Calls `found` for the bytes of each QR code.
void zxing_shim_read(const uint8_t *pixels, int width_px, int height_px,
                     void (*found)(void *context, const char *bytes, size_t length), void *context);

#ifdef __cplusplus
}
#endif

#endif
