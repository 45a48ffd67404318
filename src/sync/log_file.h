// log_file.h -- a *.einlass-log file: batches (wire.h) one after another, as they would go over the network, and
// walk-ins: {"walk_in":"<64 hex: its hash>","salt":"<32 hex>","blob":"…"}, a line each. The signatures in it prove who
// wrote it, whoever carries it. Pure; any thread.
#ifndef EINLASS_SYNC_LOG_FILE_H
#define EINLASS_SYNC_LOG_FILE_H

#include "sync/wire.h"

#define LOG_FILE_SUFFIX ".einlass-log"

enum log_piece_kind { LOG_PIECE_BATCH, LOG_PIECE_WALK_IN };
struct log_piece {
    enum log_piece_kind kind;
    const char *bytes; // BATCH: header and lines, borrowed from the file
    size_t length;
    uint8_t hash[WALK_IN_HASH_BYTES], salt[WALK_IN_SALT_BYTES]; // WALK_IN
    char blob[WALK_IN_BLOB_SIZE];
};

// The piece at *at, which moves behind it. MISSING: the end. INVALID: no piece (the words name its line), or one that
// was cut off; what came before is good all the same. Whether a batch's lines fit its header is not looked at here.
enum status log_file_next(const char *bytes, size_t length, size_t *at, struct log_piece *out,
                          struct wire_flaw *flaw_out) MUST_CHECK;
char *log_file_write_walk_in(const struct outbox_walk_in *walk_in); // with its newline; free()

#endif
