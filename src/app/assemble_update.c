#include "app/assemble_parts.h"

#include "app/update_file.h"

#include <stddef.h>

// A wish that can't be left is not repeated: the page says that nobody answers, and staff may try again.
void kiosk_follow_wishes(struct kiosk *kiosk)
{
    char version[UPDATE_VERSION_SIZE];
    enum update_wish wish = front_take_wish(kiosk->front, version);

    if (wish == UPDATE_WISH_NONE) return;
    enum status status = update_file_wish(kiosk->settings.update, wish, version);
    (void)status; // the log has said it
}
