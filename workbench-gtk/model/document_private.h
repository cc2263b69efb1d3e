/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the document share. */
#ifndef JHW_DOCUMENT_PRIVATE_H
#define JHW_DOCUMENT_PRIVATE_H

#include "model/document.h"

struct _JhwDocument {
	GObject parent_instance;
	struct jhcfg_workspace *workspace;
	char *path;
	char *read_only;  /* the reason */
	gboolean adopted; /* differs from the files at its path */
	gboolean saving;  /* a thread writes it */
};

gboolean jhw_document_check_writable(JhwDocument *document, GError **error);
/* Any of the properties may be another. */
void jhw_document_notify(JhwDocument *document);

#endif
