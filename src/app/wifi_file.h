// wifi_file.h -- the kiosk's own Wi-Fi (a hotspot that the machine makes where there is no network), so that phones
// reach the headcount page: lines ssid=, passphrase=, and address=, which this machine has while that Wi-Fi is on. Any
// thread. The code is what phones read as a network: "WIFI:T:WPA;S:name;P:passphrase;;" (ZXing's barcode contents;
// \ before \;,:").
#ifndef EINLASS_APP_WIFI_FILE_H
#define EINLASS_APP_WIFI_FILE_H

#include <stddef.h>

// Both "": there is no such file, or that Wi-Fi isn't on.
void wifi_file_read(const char *path, char *name_out, size_t name_size, char *code_out, size_t code_size);

#endif
