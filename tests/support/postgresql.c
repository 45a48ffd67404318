#include "support/check.h"

#include "support/postgresql.h"

#include "base/file.h"
#include "office/db.h"

#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct postgresql {
    char programs[128], folder[64], data[96];
    pid_t pid;
    unsigned count; // of databases
};

// The newest one there is.
static bool find_programs(char out[128])
{
    glob_t found = {0};
    bool is_there = glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0 && found.gl_pathc > 0;

    if (is_there) snprintf(out, 128, "%s", found.gl_pathv[found.gl_pathc - 1]);
    globfree(&found);
    return is_there;
}

static void become_nobody(void)
{
    const struct passwd *nobody = getpwnam("nobody");

    if (geteuid() != 0) return;
    if (!nobody || setgroups(0, NULL) != 0 || setgid(nobody->pw_gid) != 0 || setuid(nobody->pw_uid) != 0) _exit(99);
}

static pid_t run(const struct postgresql *server, const char *program, char *arguments[])
{
    char path[192];
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid > 0) return pid;
    become_nobody();
    prctl(PR_SET_PDEATHSIG, SIGQUIT); // an immediate end, to the postmaster
    snprintf(path, sizeof path, "%s/%s", server->programs, program);
    if (chdir(server->folder) != 0 || !freopen("log", "a", stdout) || dup2(1, 2) < 0) _exit(98);
    setenv("LC_ALL", "C.UTF-8", 1);
    arguments[0] = path; // by which it finds the programs beside it
    execv(path, arguments);
    _exit(97);
}

static void wait_for(pid_t pid)
{
    int outcome = 0;

    assert_int_equal(waitpid(pid, &outcome, 0), pid);
    if (outcome != 0) fail_msg("a program of PostgreSQL's ended with %d", outcome);
}

static bool is_ready(const struct postgresql *server)
{
    char path[128];
    uint8_t *bytes = NULL;
    size_t length = 0;
    bool ready = false;

    snprintf(path, sizeof path, "%s/postmaster.pid", server->data);
    if (access(path, R_OK) != 0 || file_read(path, 4096, &bytes, &length) != STATUS_OK) return false;
    ready = strstr((const char *)bytes, "ready") != NULL;
    free(bytes);
    return ready;
}

static void start(struct postgresql *server)
{
    char *arguments[] = {"postgres", "-D", server->data,          "-k", server->folder,     "-h", "",
                         "-F",       "-c", "shared_buffers=64MB", "-c", "max_wal_size=4GB", NULL};

    server->pid = run(server, "postgres", arguments);
    for (int i = 0; i < 3000 && !is_ready(server); i++) usleep(10 * 1000);
    assert_true(is_ready(server));
}

struct postgresql *postgresql_start(void)
{
    struct postgresql *server = calloc(1, sizeof *server);
    const struct passwd *nobody = getpwnam("nobody");

    assert_non_null(server);
    if (!find_programs(server->programs)) {
        free(server);
        return NULL;
    }
    strcpy(server->folder, "/tmp/einlass-pg-XXXXXX");
    assert_non_null(mkdtemp(server->folder));
    snprintf(server->data, sizeof server->data, "%s/data", server->folder);
    if (geteuid() == 0) assert_int_equal(chown(server->folder, nobody->pw_uid, nobody->pw_gid), 0);
    char *arguments[] = {"initdb", "-D",        server->data,       "-A", "trust", "-U", "office", "-E",
                         "UTF8",   "--no-sync", "--locale=C.UTF-8", NULL};
    wait_for(run(server, "initdb", arguments));
    start(server);
    return server;
}

void postgresql_new(struct postgresql *server, char url_out[POSTGRESQL_URL_SIZE])
{
    struct office_db *db = NULL;
    char sql[64];

    snprintf(url_out, POSTGRESQL_URL_SIZE, "postgresql:///postgres?host=%s&user=office", server->folder);
    assert_int_equal(office_db_postgresql_open(url_out, &db), STATUS_OK);
    snprintf(sql, sizeof sql, "CREATE SCHEMA t%u", ++server->count);
    assert_int_equal(db->ops->script(db, sql), STATUS_OK);
    office_db_close(db);
    snprintf(url_out, POSTGRESQL_URL_SIZE, "postgresql:///postgres?host=%s&user=office&options=-csearch_path%%3Dt%u",
             server->folder, server->count);
}

static void end(struct postgresql *server)
{
    int outcome;

    kill(server->pid, SIGINT); // ends its connections
    waitpid(server->pid, &outcome, 0);
}

void postgresql_restart(struct postgresql *server)
{
    end(server);
    start(server);
}

void postgresql_stop(struct postgresql *server)
{
    char command[128];

    if (!server) return;
    end(server);
    snprintf(command, sizeof command, "rm -rf '%s'", server->folder);
    assert_int_equal(system(command), 0);
    free(server);
}
