#include "bench/scan/zxing_shim.h"

#include <ZXing/ReadBarcode.h>

void zxing_shim_read(const uint8_t *pixels, int width_px, int height_px,
                     void (*found)(void *context, const char *bytes, size_t length), void *context)
{
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    hints.setTryDownscale(true);
    for (const ZXing::Result &result : ZXing::ReadBarcodes({pixels, width_px, height_px, ZXing::ImageFormat::Lum}, hints))
        found(context, reinterpret_cast<const char *>(result.bytes().data()), result.bytes().size());
}
