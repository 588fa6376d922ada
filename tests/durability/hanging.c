/* A folder on a network whose other side hangs: while the file $HANG exists, whatever a program asks of files below
   $HANG_BELOW does not come back. Loaded before the C library: LD_PRELOAD=hanging.so */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/types.h>
#include <unistd.h>

static void hang(const char *path) {
  const char *below = getenv("HANG_BELOW"), *sign = getenv("HANG");
  if (path && below && sign && strncmp(path, below, strlen(below)) == 0)
    while (access(sign, F_OK) == 0) usleep(5000);
}

static void hang_at(int file) {
  char name[64], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", file);
  ssize_t length = readlink(name, path, sizeof path - 1);
  if (length > 0) {
    path[length] = 0;
    hang(path);
  }
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fsync(int file) { hang_at(file); return REAL(fsync)(file); }
int fdatasync(int file) { hang_at(file); return REAL(fdatasync)(file); }
int unlink(const char *path) { hang(path); return REAL(unlink)(path); }
int statvfs(const char *path, struct statvfs *told) { hang(path); return REAL(statvfs)(path, told); }
int statvfs64(const char *path, struct statvfs64 *told) { hang(path); return REAL(statvfs64)(path, told); }
int stat64(const char *path, struct stat64 *told) { hang(path); return REAL(stat64)(path, told); }
ssize_t pread64(int file, void *to, size_t size, off64_t at) { hang_at(file); return REAL(pread64)(file, to, size, at); }
ssize_t pwrite64(int file, const void *from, size_t size, off64_t at) {
  hang_at(file);
  return REAL(pwrite64)(file, from, size, at);
}
int open64(const char *path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
  va_end(more);
  hang(path);
  return REAL(open64)(path, flags, mode);
}
