#include "service/premises.h"

#include "support/check.h"

#include "office/book.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOK_US = 2000, MOST_LOOKS = 15000 };

static struct sockaddr_in address_of(uint16_t port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static uint16_t free_port(void)
{
    struct sockaddr_in address = address_of(0);
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    close(fd);
    return ntohs(address.sin_port);
}

void premises_open(struct premises *premises, const struct folder *folder, const char *where)
{
    struct book *book;

    *premises = (struct premises){.where = where, .port = free_port()};
    folder_file(folder, "book", premises->book);
    folder_file(folder, "office.log", premises->log);
    assert_int_equal(book_create(premises->book, &book), STATUS_OK);
    book_close(book);
}

static void become(const struct premises *premises)
{
    char listen[32];
    int log = open(premises->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(listen, sizeof listen, "127.0.0.1:%u", premises->port);
    if (log < 0 || dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0) _exit(98);
    if (close_range(STDERR_FILENO + 1, ~0U, 0) != 0) _exit(99); // a connection that it held would never end
    execl(EINLASS_PROGRAM, "einlass", "office", "--book", premises->book, "--database", premises->where, "--listen",
          listen, (char *)NULL);
    _exit(97);
}

static bool is_listening(const struct premises *premises)
{
    struct sockaddr_in address = address_of(premises->port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool is = connect(fd, (struct sockaddr *)&address, sizeof address) == 0;

    close(fd);
    return is;
}

void premises_start(struct premises *premises)
{
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) become(premises);
    atomic_store(&premises->pid, pid);
    for (int i = 0; i < MOST_LOOKS && premises_stands(premises) && !is_listening(premises); i++) usleep(LOOK_US);
    if (!premises_stands(premises)) fail_msg("the office ended by itself; see %s", premises->log);
    assert_true(is_listening(premises));
}

void premises_strike(void *owner)
{
    struct premises *premises = owner;
    pid_t pid = atomic_load(&premises->pid);

    if (pid > 0) kill(pid, SIGKILL); // who isn't waited for yet keeps its number
}

bool premises_stands(struct premises *premises)
{
    pid_t pid = atomic_load(&premises->pid);

    if (pid == 0) return false;
    if (waitpid(pid, NULL, WNOHANG) == 0) return true;
    atomic_store(&premises->pid, 0);
    return false;
}

void premises_end(struct premises *premises)
{
    pid_t pid = atomic_load(&premises->pid);

    if (pid == 0) return;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    atomic_store(&premises->pid, 0);
}
