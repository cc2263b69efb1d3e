/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Members of the system document that make it a project:
 *
 *   "cells"      names of files, relative to the document
 *   "links"      { name, bdf, protocol, base, state_size, rw_size,
 *                output_size, msix_vectors, peers: [cell or null] }
 *   "scenarios"  { name, cells: [cell] }
 *   "waivers"    { rule, object, reason }
 *
 * Cells stand there by name. The reader of configurations keeps these members
 * as text, so older programs write them back unchanged.
 */
#ifndef JHCFG_PROJECT_WORKSPACE_FILE_H
#define JHCFG_PROJECT_WORKSPACE_FILE_H

#include <json-c/json.h>

#endif
