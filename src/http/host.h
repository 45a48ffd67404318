// host.h -- whether a request's `Host` names us (RFC 9112, section 3.2).
// A page elsewhere can let a name of its own lead to our address (DNS rebinding), and a browser then sends us its
// requests as if we were that page's server; but the name stands in `Host`. An address in figures has no owner who
// could do that. The port says nothing. Pure; any thread; never fails.
#ifndef EINLASS_HTTP_HOST_H
#define EINLASS_HTTP_HOST_H

#include <stdbool.h>
#include <stddef.h>

// `names`: what we are called besides, without port. `host` may be NULL: a request without one.
bool host_is_ours(const char *host, const char *const *names, size_t count);

#endif
