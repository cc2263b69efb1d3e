// SPDX-License-Identifier: GPL-2.0-or-later
#include "forwarder.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmocka_all.h"

static void start_process(struct forwarder *forwarder)
{
	forwarder->process = fork();
	assert_true(forwarder->process >= 0);
	if (forwarder->process)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	forwarder_relay(forwarder->socket, &forwarder->link);
	_exit(0);
}

void forwarder_start(struct forwarder *forwarder,
		     const struct forwarder_link *link)
{
	forwarder->link = *link;
	forwarder->socket = forwarder_listen(&forwarder->port);
	assert_true(forwarder->socket >= 0);
	start_process(forwarder);
}

void forwarder_wait_cut(struct forwarder *forwarder)
{
	if (forwarder->process)
		waitpid(forwarder->process, NULL, 0);
	forwarder->process = 0;
}

void forwarder_cut(struct forwarder *forwarder)
{
	if (forwarder->process)
		kill(forwarder->process, SIGKILL);
	forwarder_wait_cut(forwarder);
}

void forwarder_resume(struct forwarder *forwarder,
		      const struct forwarder_link *link)
{
	forwarder_cut(forwarder);
	forwarder->link = *link;
	start_process(forwarder);
}

void forwarder_stop(struct forwarder *forwarder)
{
	forwarder_cut(forwarder);
	close(forwarder->socket);
}
