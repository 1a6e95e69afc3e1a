// Stands between a process and its disk (LD_PRELOAD): records what is written under one folder, and makes it fail when told to.
//
// CELDA_SHIM_DIR: the folder. CELDA_SHIM_LOG: where to record; absent: nowhere. CELDA_SHIM_RULE: a file with one line
// `<operation> <errno or 0> <delay ms>`, read before each operation; operation is `write`, `sync` or `none`.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { OP_CREATE = 1, OP_WRITE = 2, OP_SYNC = 3, OP_TRUNCATE = 4, OP_RENAME = 5, OP_UNLINK = 6 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -2;

static int is_watched(const char *path) {
  const char *folder = getenv("CELDA_SHIM_DIR");
  return folder != NULL && strncmp(path, folder, strlen(folder)) == 0;
}

static int path_of(int fd, char *path, size_t size) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, size - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return is_watched(path);
}

static void put(const void *data, size_t size) {
  const char *at = data;
  while (size > 0) {
    long written = syscall(SYS_write, log_fd, at, size);
    if (written <= 0) abort();
    at += written;
    size -= (size_t)written;
  }
}

static void record(uint8_t op, const char *path, uint64_t offset, const void *data, uint32_t size) {
  const char *name = getenv("CELDA_SHIM_LOG");
  if (name == NULL) return;
  pthread_mutex_lock(&lock);
  if (log_fd == -2) log_fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND, 0600);
  uint16_t length = (uint16_t)strlen(path);
  put(&op, 1);
  put(&length, 2);
  put(path, length);
  put(&offset, 8);
  put(&size, 4);
  put(data, size);
  pthread_mutex_unlock(&lock);
}

// @returns the errno that this operation shall fail with; 0: none
static int ruled(const char *operation) {
  const char *name = getenv("CELDA_SHIM_RULE");
  char text[128] = {0}, which[32] = {0};
  int failure = 0, delay_ms = 0;
  if (name == NULL) return 0;
  int fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDONLY, 0);
  if (fd < 0) return 0;
  syscall(SYS_read, fd, text, sizeof text - 1);
  syscall(SYS_close, fd);
  if (sscanf(text, "%31s %d %d", which, &failure, &delay_ms) != 3 || strcmp(which, operation) != 0) return 0;
  struct timespec pause = {delay_ms / 1000, (delay_ms % 1000) * 1000000L};
  nanosleep(&pause, NULL);
  return failure;
}

#define REAL(type, name, ...) ((type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

static int refused(int fd, const char *operation, char *path, size_t size) {
  if (!path_of(fd, path, size)) return -1;
  return ruled(operation);
}

#define GUARD(operation, call, done)                       \
  char path[4096];                                         \
  int failure = refused(fd, operation, path, sizeof path); \
  if (failure > 0) {                                       \
    errno = failure;                                       \
    return -1;                                             \
  }                                                        \
  int before = failure;                                    \
  __auto_type result = call;                               \
  int kept = errno;                                        \
  if (before == 0 && result >= 0) done;                    \
  errno = kept;                                            \
  return result;

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  GUARD("write", REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t)(fd, data, size, offset),
        record(OP_WRITE, path, (uint64_t)offset, data, (uint32_t)result))
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return pwrite64(fd, data, size, offset); }
ssize_t write(int fd, const void *data, size_t size) {
  off64_t at = lseek64(fd, 0, SEEK_CUR);
  GUARD("write", REAL(ssize_t, write, int, const void *, size_t)(fd, data, size),
        record(OP_WRITE, path, (uint64_t)(at < 0 ? 0 : at), data, (uint32_t)result))
}
int fsync(int fd) { GUARD("sync", REAL(int, fsync, int)(fd), record(OP_SYNC, path, 0, "", 0)) }
int fdatasync(int fd) { GUARD("sync", REAL(int, fdatasync, int)(fd), record(OP_SYNC, path, 0, "", 0)) }
int ftruncate64(int fd, off64_t size) {
  GUARD("write", REAL(int, ftruncate64, int, off64_t)(fd, size), record(OP_TRUNCATE, path, (uint64_t)size, "", 0))
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
  int result = REAL(int, rename, const char *, const char *)(from, to);
  if (result == 0 && is_watched(to)) record(OP_RENAME, from, 0, to, (uint32_t)strlen(to));
  return result;
}
int unlink(const char *path) {
  int result = REAL(int, unlink, const char *)(path);
  if (result == 0 && is_watched(path)) record(OP_UNLINK, path, 0, "", 0);
  return result;
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
  struct stat64 found;
  int is_new = (flags & O_CREAT) != 0 && is_watched(path) && stat64(path, &found) != 0;
  int result = ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
  int kept = errno;
  if (is_new && result >= 0) record(OP_CREATE, path, 0, "", 0);
  errno = kept;
  return result;
}

#define MODE(mode)                      \
  mode_t mode = 0;                      \
  if (flags & (O_CREAT | O_TMPFILE)) {  \
    va_list rest;                       \
    va_start(rest, flags);              \
    mode = (mode_t)va_arg(rest, int);   \
    va_end(rest);                       \
  }

int open(const char *path, int flags, ...) {
  MODE(mode)
  return opened("open", path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  MODE(mode)
  return opened("open64", path, flags, mode);
}
