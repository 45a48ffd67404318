// qr.h -- a QR code as rows of "0" and "1" for the page, which draws it. Without its quiet zone. Pure; any thread.
#ifndef EINLASS_SERVICE_QR_H
#define EINLASS_SERVICE_QR_H

struct json_t;
struct json_t *qr_rows(const char *text); // a new reference; null where no code can hold the text

#endif
