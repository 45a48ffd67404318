// stick.h -- the whole log on a USB stick, for where there never is a network (log_file.h): one file of each log,
// written beside and renamed, so that what is on the stick is whole, also when it is pulled out too early. Safe to
// repeat: the same log gives the same file name.
// Threads: one. step() writes a batch at most, then comes back; a slow stick may hold it for seconds.
#ifndef EINLASS_SYNC_STICK_H
#define EINLASS_SYNC_STICK_H

#include "sync/batch.h"
#include "sync/sync.h"

struct stick;
struct stick *stick_open(const char *folder); // where sticks are mounted, itself or one or two folders below
void stick_close(struct stick *stick);        // NULL is fine; what isn't whole yet is removed

// What is there. After a writing ended its outcome, until the stick is pulled out; a writing that failed, also because
// it was pulled out, until one is plugged in.
enum sync_stick stick_look(struct stick *stick);
// Begins anew if it is writing. False: no stick is there.
bool stick_begin(struct stick *stick);
// The next piece. False: it is done, or failed (stick_look says how).
bool stick_step(struct stick *stick, struct outbox *outbox, const struct batch_maker *maker);
void stick_progress(const struct stick *stick, uint32_t *done_out, uint32_t *total_out); // records

#endif
