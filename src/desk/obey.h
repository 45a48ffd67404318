// obey.h -- commands: obey.c knows which need a session, and who does each.
// A function gets its answer prepared: `out` has the kind it has when all goes well, the count and the stance as they
// were. They change the kind where it went otherwise; count and stance are filled in again afterwards.
#ifndef EINLASS_DESK_OBEY_H
#define EINLASS_DESK_OBEY_H

#include "desk/desk_parts.h"

typedef void desk_obey_command(struct desk *desk, const struct command *command, struct notice *out);

// False: not done, a PIN takes several steps; call again with the same command and let codes go first.
// True: `out` is the answer (NOTICE_NONE: there is none), and the command's PIN is forgotten.
bool desk_obey(struct desk *desk, struct command *command, struct notice *out);

// What staff typed, for a record: trimmed and whole. False: nothing, or no text a record could carry.
bool desk_take_text(const char *typed, char *out, size_t out_size);

// staff.c
desk_obey_command desk_obey_find, desk_obey_person, desk_obey_admit, desk_obey_force, desk_obey_exit;
// undo.c
desk_obey_command desk_obey_undo;
bool desk_can_undo(struct desk *desk, uint64_t seq); // without a reason
// serve.c
desk_obey_command desk_obey_retry, desk_obey_round, desk_obey_stock, desk_obey_serve, desk_obey_schedule,
    desk_obey_practise, desk_obey_remember;
// errand.c
desk_obey_command desk_obey_pair, desk_obey_export, desk_obey_sync, desk_obey_hub;
// rows.c
desk_obey_command desk_obey_search, desk_obey_missing, desk_obey_recent, desk_obey_census;
// walk_in.c
desk_obey_command desk_obey_walk_in, desk_obey_ticket;
bool desk_has_ticket(const struct desk *desk, const struct guest *guest); // that this kiosk signed, and can again

#endif
