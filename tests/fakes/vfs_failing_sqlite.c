#include "fakes/vfs_failing_sqlite.h"

#include <string.h>

struct failing_file {
    sqlite3_file file; // first
    struct vfs_failing *disk;
    sqlite3_file *real; // stands behind this struct, in the memory SQLite gave
};

static bool fails(struct vfs_failing *disk)
{
    disk->step++;
    if (disk->failing_step == 0 || disk->step < disk->failing_step) return false;
    if (disk->step > disk->failing_step && !disk->is_lasting) return false;
    disk->failed_count++;
    return true;
}

static struct failing_file *file_of(sqlite3_file *file)
{
    return (struct failing_file *)file;
}

static sqlite3_file *real_of(sqlite3_file *file)
{
    return file_of(file)->real;
}

static int file_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *to, int length, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, length, at);
}

static int file_write(sqlite3_file *file, const void *from, int length, sqlite3_int64 at)
{
    struct vfs_failing *disk = file_of(file)->disk;
    sqlite3_file *real = real_of(file);

    if (!fails(disk)) return real->pMethods->xWrite(real, from, length, at);
    if (disk->fault == VFS_FAULT_TORN) (void)real->pMethods->xWrite(real, from, length / 2, at);
    return disk->fault == VFS_FAULT_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 length)
{
    if (fails(file_of(file)->disk)) return SQLITE_IOERR_TRUNCATE;
    return real_of(file)->pMethods->xTruncate(real_of(file), length);
}

static int file_sync(sqlite3_file *file, int flags)
{
    file_of(file)->disk->sync_count++;
    if (fails(file_of(file)->disk)) return SQLITE_IOERR_FSYNC;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), out);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check_lock(sqlite3_file *file, int *out)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}

static int file_control(sqlite3_file *file, int op, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), op, argument);
}

static int file_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int may_extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), page, size, may_extend, out);
}

static int file_shm_lock(sqlite3_file *file, int first, int count, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), first, count, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int file_shm_unmap(sqlite3_file *file, int is_deleted)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), is_deleted);
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *flags_out)
{
    static const sqlite3_io_methods methods = {
        .iVersion = 2, // without memory mapping
        .xClose = file_close,
        .xRead = file_read,
        .xWrite = file_write,
        .xTruncate = file_truncate,
        .xSync = file_sync,
        .xFileSize = file_size,
        .xLock = file_lock,
        .xUnlock = file_unlock,
        .xCheckReservedLock = file_check_lock,
        .xFileControl = file_control,
        .xSectorSize = file_sector,
        .xDeviceCharacteristics = file_traits,
        .xShmMap = file_shm_map,
        .xShmLock = file_shm_lock,
        .xShmBarrier = file_shm_barrier,
        .xShmUnmap = file_shm_unmap,
    };
    struct vfs_failing *disk = vfs->pAppData;
    struct failing_file *own = file_of(file);

    memset(own, 0, sizeof *own);
    if (fails(disk)) return SQLITE_CANTOPEN;
    own->disk = disk;
    own->real = (sqlite3_file *)(own + 1);
    int code = disk->real->xOpen(disk->real, name, own->real, flags, flags_out);
    if (own->real->pMethods) own->file.pMethods = &methods; // then SQLite closes it, also after a failure
    return code;
}

static int disk_delete(sqlite3_vfs *vfs, const char *name, int is_synced)
{
    struct vfs_failing *disk = vfs->pAppData;

    return fails(disk) ? SQLITE_IOERR_DELETE : disk->real->xDelete(disk->real, name, is_synced);
}

void vfs_failing_init(struct vfs_failing *disk)
{
    *disk = (struct vfs_failing){.real = sqlite3_vfs_find(NULL)};
    disk->vfs = *disk->real; // times, names, randomness: the real ones
    disk->vfs.pNext = NULL;
    disk->vfs.zName = "failing";
    disk->vfs.szOsFile = (int)sizeof(struct failing_file) + disk->real->szOsFile;
    disk->vfs.pAppData = disk;
    disk->vfs.xOpen = disk_open;
    disk->vfs.xDelete = disk_delete;
    (void)sqlite3_vfs_register(&disk->vfs, 1);
}

void vfs_failing_destroy(struct vfs_failing *disk)
{
    (void)sqlite3_vfs_unregister(&disk->vfs);
    (void)sqlite3_vfs_register(disk->real, 1);
}

void vfs_failing_arm(struct vfs_failing *disk, enum vfs_fault fault, long failing_step, bool is_lasting)
{
    disk->fault = fault;
    disk->failing_step = failing_step;
    disk->is_lasting = is_lasting;
    disk->step = 0;
    disk->failed_count = 0;
    disk->sync_count = 0;
}

void vfs_failing_disarm(struct vfs_failing *disk)
{
    disk->failing_step = 0;
}
