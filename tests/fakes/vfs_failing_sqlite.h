// vfs_failing_sqlite.h -- a disk that fails: SQLite's file layer, where the n-th step that touches the disk refuses.
// Steps: opening, writing, syncing, cutting and deleting files. Everything else goes through to the real layer.
#ifndef EINLASS_TESTS_FAKES_VFS_FAILING_SQLITE_H
#define EINLASS_TESTS_FAKES_VFS_FAILING_SQLITE_H

#include <sqlite3.h>
#include <stdbool.h>

enum vfs_fault {
    VFS_FAULT_FULL, // writes answer SQLITE_FULL, the rest SQLITE_IOERR
    VFS_FAULT_IO,   // SQLITE_IOERR and its kind
    VFS_FAULT_TORN, // a write leaves its first half, then SQLITE_IOERR
    VFS_FAULT_COUNT
};

struct vfs_failing {
    sqlite3_vfs vfs; // the default one from init to destroy
    sqlite3_vfs *real;
    enum vfs_fault fault;
    long step;         // counted since armed
    long failing_step; // 0: none
    bool is_lasting;   // every later step fails too, until disarmed
    long failed_count; // since armed
    long sync_count;   // since armed
};

void vfs_failing_init(struct vfs_failing *disk);
void vfs_failing_destroy(struct vfs_failing *disk); // every file on it must be closed
void vfs_failing_arm(struct vfs_failing *disk, enum vfs_fault fault, long failing_step, bool is_lasting);
void vfs_failing_disarm(struct vfs_failing *disk);

#endif
