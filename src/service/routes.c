// Everything that can be asked of the office, and by whom. The order counts: the first that fits answers.
#include "service/parts.h"

// A batch as it may be: its header, its lines, their newlines.
enum {
    MOST_BATCH = WIRE_HEADER_SIZE + OUTBOX_MOST_BYTES + OUTBOX_MOST_LINES,
    MOST_BLOB = 4 * WALK_IN_BLOB_SIZE, // JSON in JSON: half of it may be backslashes
    MOST_FORM = 4096,
};

const struct service_route service_routes[] = {
    // kiosks and hubs
    {HTTP_POST, ACCESS_ANYBODY, MOST_FORM, "/v1/enroll", api_enroll},
    {HTTP_GET, ACCESS_DEVICE, 0, "/v1/logs/{log}", api_log},
    {HTTP_POST, ACCESS_DEVICE, MOST_BATCH, "/v1/logs/{log}/records", api_records},
    {HTTP_PUT, ACCESS_DEVICE, MOST_BLOB, "/v1/blobs/{hash}", api_blob},
    {HTTP_GET, ACCESS_DEVICE, 0, "/v1/events/{event}", api_event},
    {HTTP_GET, ACCESS_DEVICE, 0, "/v1/feed", api_feed},
    // the clerk's page
    {HTTP_GET, ACCESS_ANYBODY, 0, "/", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office.css", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office.js", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office_cards.js", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office_clerks.js", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office_draw.js", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office_words.js", page_file},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/icon.svg", page_icon},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/office/session", clerk_who},
    {HTTP_POST, ACCESS_ANYBODY, MOST_FORM, "/office/session", clerk_enter},
    {HTTP_DELETE, ACCESS_CLERK, 0, "/office/session", clerk_leave},
    {HTTP_POST, ACCESS_ANYBODY, MOST_FORM, "/office/setup", clerk_setup},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/clerks", clerk_logins},
    {HTTP_POST, ACCESS_CLERK, MOST_FORM, "/office/clerks", clerk_add},
    {HTTP_DELETE, ACCESS_CLERK, 0, "/office/clerks/{name}", clerk_dismiss},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/events", clerk_events},
    {HTTP_POST, ACCESS_CLERK, 0, "/office/events/{event}/publish", clerk_publish},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/events/{event}/conflicts", clerk_conflicts},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/events/{event}/report/{kind}", clerk_report},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/events/{event}/board", clerk_board},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/devices", clerk_devices},
    {HTTP_POST, ACCESS_CLERK, MOST_FORM, "/office/devices", clerk_pair},
    {HTTP_DELETE, ACCESS_CLERK, 0, "/office/devices/{name}", clerk_revoke},
    {HTTP_GET, ACCESS_CLERK, 0, "/office/alarms", clerk_alarms},
    // the boards
    {HTTP_GET, ACCESS_ANYBODY, 0, "/board/{event}/", page_board},
    {HTTP_POST, ACCESS_ANYBODY, MOST_FORM, "/board/{event}/session", boards_enter},
    {HTTP_GET, ACCESS_BOARD, 0, "/board/{event}/numbers", boards_numbers},
    {HTTP_GET, ACCESS_BOARD, 0, "/board/{event}/live", boards_live},
    {HTTP_GET, ACCESS_ANYBODY, 0, "/board/{event}/{file}", page_board_file},
};
const size_t service_route_count = sizeof service_routes / sizeof *service_routes;
