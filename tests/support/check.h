// check.h -- cmocka with the headers it wants before it.
#ifndef EINLASS_TESTS_SUPPORT_CHECK_H
#define EINLASS_TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#endif
