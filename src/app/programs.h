// programs.h -- where our other programs are. Pure but for a look at the file system; any thread.
#ifndef EINLASS_APP_PROGRAMS_H
#define EINLASS_APP_PROGRAMS_H

enum { PROGRAM_PATH_SIZE = 512 };

// Beside the running program, else in the folder of the installed ones (EINLASS_LIBEXEC_DIR). It may be missing there;
// starting it tells.
void program_find(const char *name, char out[PROGRAM_PATH_SIZE]);

#endif
