/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All of libjhcfg. */
#ifndef JHCFG_JHCFG_H
#define JHCFG_JHCFG_H

#include <jhcfg/board.h>
#include <jhcfg/c_form.h>
#include <jhcfg/check.h>
#include <jhcfg/codec.h>
#include <jhcfg/deploy.h>
#include <jhcfg/diag.h>
#include <jhcfg/diff.h>
#include <jhcfg/edit.h>
#include <jhcfg/emit.h>
#include <jhcfg/export.h>
#include <jhcfg/fault.h>
#include <jhcfg/file.h>
#include <jhcfg/identify.h>
#include <jhcfg/images.h>
#include <jhcfg/import.h>
#include <jhcfg/live.h>
#include <jhcfg/model.h>
#include <jhcfg/plan.h>
#include <jhcfg/pool.h>
#include <jhcfg/probe.h>
#include <jhcfg/project.h>
#include <jhcfg/root.h>
#include <jhcfg/running.h>
#include <jhcfg/schema.h>
#include <jhcfg/source.h>
#include <jhcfg/symbols.h>
#include <jhcfg/target.h>
#include <jhcfg/workspace.h>

#endif
