// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/application.h"
#include "app/command_line.h"
#include "app/heap.h"
#include "model/text.h"

int main(int argc, char **argv)
{
	g_autoptr(JhwApplication) application = NULL;
	int status;

	jhw_heap_start();
	jhw_text_start();
	g_set_application_name("Jailhouse Workbench");
	if (jhw_command_line_run(argc, argv, &status))
		return status;
	application = jhw_application_new();
	return g_application_run(G_APPLICATION(application), argc, argv);
}
