// setup.h -- the code that allows the first login to be made on the page. Any thread.
#ifndef EINLASS_SERVICE_SETUP_H
#define EINLASS_SERVICE_SETUP_H

#include "service/service.h"

void setup_new_code(char out[SERVICE_SETUP_CODE_SIZE]);

#endif
