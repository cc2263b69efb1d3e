// SPDX-License-Identifier: GPL-2.0-or-later
#include "sshd.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

static const char *const programs[] = {
	[SSHD_OPENSSH] = "/usr/sbin/sshd",
	[SSHD_DROPBEAR] = "/usr/sbin/dropbear",
};

bool sshd_is_installed(enum sshd_kind kind)
{
	return !access(programs[kind], X_OK) &&
	       (kind != SSHD_DROPBEAR || !geteuid());
}

/* Runs a shell command that must succeed. */
__attribute__((format(printf, 1, 2))) static void sh(const char *format, ...)
{
	char command[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

static void make_host_key(const struct sshd *sshd)
{
	if (sshd->kind == SSHD_OPENSSH)
		sh("rm -f %s/host*; ssh-keygen -q -t ed25519 -N '' -f %s/host",
		   sshd->folder, sshd->folder);
	else
		sh("rm -f %s/host; dropbearkey -t ed25519 -f %s/host "
		   ">/dev/null 2>&1",
		   sshd->folder, sshd->folder);
}

static void write_configuration(const struct sshd *sshd)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/sshd_config", sshd->folder);
	file = fopen(path, "w");
	assert_non_null(file);
	/* bash reads ~/.bashrc for a command of SSH, but only as the first
	 * shell: what the user of this machine has there is none of the
	 * target's */
	fprintf(file,
		"HostKey %s/host\nAuthorizedKeysFile %s/authorized_keys\n"
		"StrictModes no\nUsePAM no\nPasswordAuthentication no\n"
		"KbdInteractiveAuthentication no\nPidFile none\n"
		"PermitRootLogin prohibit-password\nMaxSessions 100\n"
		"SetEnv PATH=%s/bin:/usr/bin:/bin SHLVL=1\n",
		sshd->folder, sshd->folder, sshd->folder);
	assert_int_equal(fclose(file), 0);
}

/* dropbear reads the keys from the home folder only: it gets one of ours. */
static void move_home(const struct sshd *sshd)
{
	const struct passwd *user = getpwuid(geteuid());

	if (!user || unshare(CLONE_NEWNS) ||
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount(sshd->folder, user->pw_dir, NULL, MS_BIND, NULL))
		_exit(127);
}

static void serve_connection(const struct sshd *sshd, int connection)
{
	char config[128], host[128];

	if (sshd->prepare) {
		if (!geteuid() &&
		    (unshare(CLONE_NEWNS) ||
		     mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL)))
			_exit(127);
		sshd->prepare(sshd);
	}
	dup2(connection, 0);
	dup2(connection, 1);
	snprintf(config, sizeof(config), "%s/sshd_config", sshd->folder);
	snprintf(host, sizeof(host), "%s/host", sshd->folder);
	if (sshd->kind == SSHD_OPENSSH)
		execl(programs[SSHD_OPENSSH], "sshd", "-i", "-f", config,
		      (char *)NULL);
	move_home(sshd);
	execl(programs[SSHD_DROPBEAR], "dropbear", "-i", "-s", "-r", host,
	      (char *)NULL);
	_exit(127);
}

static void listen_for_ever(const struct sshd *sshd)
{
	int null = open("/dev/null", O_RDWR);

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGCHLD, SIG_IGN);
	dup2(null, 2);
	for (;;) {
		int connection =
			accept4(sshd->socket, NULL, NULL, SOCK_CLOEXEC);

		if (connection < 0)
			continue;
		if (!fork()) {
			signal(SIGCHLD, SIG_DFL);
			serve_connection(sshd, connection);
		}
		close(connection);
	}
}

static void start_listener(struct sshd *sshd)
{
	sshd->listener = fork();
	assert_true(sshd->listener >= 0);
	if (!sshd->listener)
		listen_for_ever(sshd);
	setpgid(sshd->listener, sshd->listener);
}

static void listen_somewhere(struct sshd *sshd)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	socklen_t size = sizeof(address);

	sshd->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(sshd->socket >= 0);
	assert_int_equal(bind(sshd->socket, (struct sockaddr *)&address, size),
			 0);
	assert_int_equal(listen(sshd->socket, 64), 0);
	assert_int_equal(
		getsockname(sshd->socket, (struct sockaddr *)&address, &size),
		0);
	sshd->port = ntohs(address.sin_port);
	snprintf(sshd->name, sizeof(sshd->name), "ssh://127.0.0.1:%d",
		 sshd->port);
}

/* A client that uses this file has nothing to ask. */
static void write_client_files(struct sshd *sshd)
{
	FILE *file;

	snprintf(sshd->config, sizeof(sshd->config), "%s/config", sshd->folder);
	file = fopen(sshd->config, "w");
	assert_non_null(file);
	fprintf(file,
		"Host fixture\n HostName 127.0.0.1\n Port %d\n"
		" IdentityFile %s\n UserKnownHostsFile %s/known\n",
		sshd->port, sshd->identity, sshd->folder);
	assert_int_equal(fclose(file), 0);
	if (sshd->kind == SSHD_OPENSSH)
		sh("printf '[127.0.0.1]:%%d %%s\\n' %d \"$(cat %s/host.pub)\" "
		   ">%s/known",
		   sshd->port, sshd->folder, sshd->folder);
}

void sshd_start(struct sshd *sshd, enum sshd_kind kind)
{
	*sshd = (struct sshd){ .kind = kind, .folder = "/tmp/jhw-sshd-XXXXXX" };
	assert_non_null(mkdtemp(sshd->folder));
	snprintf(sshd->identity, sizeof(sshd->identity), "%s/user",
		 sshd->folder);
	snprintf(sshd->known_hosts, sizeof(sshd->known_hosts), "%s/known_hosts",
		 sshd->folder);
	make_host_key(sshd);
	sh("cd %s && ssh-keygen -q -t ed25519 -N '' -f user && "
	   "cp user.pub authorized_keys && : >known_hosts && "
	   "mkdir bin && mkdir -m 700 .ssh && cp user.pub .ssh/authorized_keys",
	   sshd->folder);
	write_configuration(sshd);
	if (kind == SSHD_OPENSSH && !geteuid())
		mkdir("/run/sshd", 0755); /* where it drops its rights */
	listen_somewhere(sshd);
	write_client_files(sshd);
	start_listener(sshd);
}

void sshd_cut(struct sshd *sshd)
{
	kill(-sshd->listener, SIGKILL);
	waitpid(sshd->listener, NULL, 0);
	start_listener(sshd);
}

void sshd_prepare(struct sshd *sshd, void (*prepare)(const struct sshd *sshd))
{
	sshd->prepare = prepare;
	sshd_cut(sshd);
}

void sshd_change_key(struct sshd *sshd)
{
	make_host_key(sshd);
}

/* A command that outlives its connection may still put files there: what it
 * has put beside "rm" is for the next round. It can do that a few times. */
static void remove_folder(const struct sshd *sshd)
{
	char command[128];
	int left = 100;

	snprintf(command, sizeof(command), "rm -rf %s", sshd->folder);
	while (system(command))
		assert_true(--left);
}

void sshd_stop(struct sshd *sshd)
{
	kill(-sshd->listener, SIGKILL);
	waitpid(sshd->listener, NULL, 0);
	close(sshd->socket);
	remove_folder(sshd);
}
