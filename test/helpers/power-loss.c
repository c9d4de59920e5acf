/*
 * What a power cut leaves, at its worst: preloaded into a process, it copies a file below POWER_FROM to the same place below POWER_TO
 * whenever that file is synced, and nothing else. Whatever was written and not synced is not in POWER_TO: no write-back by the system
 * is ever assumed. Removing and renaming take effect at once. The disk is taken to honour a flush.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t copying = PTHREAD_MUTEX_INITIALIZER;

/* The place of a name in the copy; 0 when it is none of ours. */
static int place(const char *name, char *to, size_t size) {
  const char *from = getenv("POWER_FROM"), *image = getenv("POWER_TO");
  if (!from || !image || strncmp(name, from, strlen(from)) != 0) return 0;
  return snprintf(to, size, "%s%s", image, name + strlen(from)) > 0;
}

static void keep(int fd) {
  char link[64], name[4096], to[8192], part[8200];
  struct stat state;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, name, sizeof name - 1);
  if (length <= 0) return;
  name[length] = 0;
  if (!place(name, to, sizeof to) || fstat(fd, &state) || !S_ISREG(state.st_mode)) return;
  pthread_mutex_lock(&copying);
  snprintf(part, sizeof part, "%s.part", to);
  int in = open(name, O_RDONLY), out = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0644);
  off_t at = 0;
  while (in >= 0 && out >= 0 && at < state.st_size && sendfile(out, in, &at, state.st_size - at) > 0) {
  }
  if (in >= 0) close(in);
  if (out >= 0) close(out);
  if (at >= state.st_size) rename(part, to);
  pthread_mutex_unlock(&copying);
}

#define SYNC(NAME)                                             \
  int NAME(int fd) {                                           \
    static int (*real)(int);                                   \
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, #NAME);   \
    int result = real(fd), error = errno;                      \
    if (result == 0) keep(fd);                                 \
    errno = error;                                             \
    return result;                                             \
  }
SYNC(fsync)
SYNC(fdatasync)

int unlink(const char *name) {
  static int (*real)(const char *);
  if (!real) real = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
  char to[8192];
  int result = real(name), error = errno;
  if (result == 0 && place(name, to, sizeof to)) real(to);
  errno = error;
  return result;
}
