// SPDX-License-Identifier: GPL-2.0-only
/* The kinds of IOMMU that ARM has. */
#include "smmuv2.h"
#include "smmuv3.h"

const struct iommu_ops *const iommu_kinds[] = {
	&smmuv2_ops,
	&smmuv3_ops,
	NULL,
};
