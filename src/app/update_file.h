// update_file.h -- how the kiosk and the machine's updater (kiosk/update/einlass-update, another program with other
// rights) speak: it writes a file of lines key=value, which anybody may read; and reads a wish from the file that is
// named there, which it takes away. Any thread. Nothing here waits but for a small file.
#ifndef EINLASS_APP_UPDATE_FILE_H
#define EINLASS_APP_UPDATE_FILE_H

#include "base/status.h"
#include "model/update.h"

// What the updater told last. ABSENT: there is no such file, or it isn't one of an updater.
void update_file_read(const char *path, struct update *out);
// LATER: the wish can't be left; the log says why. MISSING: nobody says where.
enum status update_file_wish(const char *path, enum update_wish wish, const char *version) MUST_CHECK;

#endif
