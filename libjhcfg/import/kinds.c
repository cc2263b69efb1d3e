// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/kinds.h"

#include <jailhouse/cell-config.h>

/* Generic names: Devicetree Specification v0.4, 2.2.2, and those that the
 * bindings of Linux add. */
static const struct {
	const char *name;
	enum jhcfg_hw_device_kind kind;
} names[] = {
	{ "serial", JHCFG_HW_DEVICE_UART },
	{ "uart", JHCFG_HW_DEVICE_UART },
	{ "pl011", JHCFG_HW_DEVICE_UART },
	{ "timer", JHCFG_HW_DEVICE_TIMER },
	{ "rtc", JHCFG_HW_DEVICE_TIMER },
	{ "ethernet", JHCFG_HW_DEVICE_NET },
	{ "can", JHCFG_HW_DEVICE_NET },
	{ "wifi", JHCFG_HW_DEVICE_NET },
	{ "mmc", JHCFG_HW_DEVICE_STORAGE },
	{ "sdhci", JHCFG_HW_DEVICE_STORAGE },
	{ "sata", JHCFG_HW_DEVICE_STORAGE },
	{ "ufs", JHCFG_HW_DEVICE_STORAGE },
	{ "ufshc", JHCFG_HW_DEVICE_STORAGE },
	{ "nand-controller", JHCFG_HW_DEVICE_STORAGE },
	{ "gpio", JHCFG_HW_DEVICE_GPIO },
	{ "i2c", JHCFG_HW_DEVICE_I2C },
	{ "spi", JHCFG_HW_DEVICE_SPI },
	{ "usb", JHCFG_HW_DEVICE_USB },
	{ "display", JHCFG_HW_DEVICE_DISPLAY },
	{ "display-controller", JHCFG_HW_DEVICE_DISPLAY },
	{ "display-subsystem", JHCFG_HW_DEVICE_DISPLAY },
	{ "hdmi", JHCFG_HW_DEVICE_DISPLAY },
	{ "gpu", JHCFG_HW_DEVICE_DISPLAY },
	{ "framebuffer", JHCFG_HW_DEVICE_DISPLAY },
	{ "dma", JHCFG_HW_DEVICE_DMA },
	{ "dma-controller", JHCFG_HW_DEVICE_DMA },
	{ "clock", JHCFG_HW_DEVICE_CLOCK },
	{ "clock-controller", JHCFG_HW_DEVICE_CLOCK },
	{ "pinctrl", JHCFG_HW_DEVICE_PINCTRL },
	{ "pinmux", JHCFG_HW_DEVICE_PINCTRL },
	{ "watchdog", JHCFG_HW_DEVICE_WATCHDOG },
	{ "interrupt-controller", JHCFG_HW_DEVICE_IRQCHIP },
	{ "intc", JHCFG_HW_DEVICE_IRQCHIP },
	{ "iommu", JHCFG_HW_DEVICE_IOMMU },
	{ "pcie", JHCFG_HW_DEVICE_PCI_HOST },
	{ "pci", JHCFG_HW_DEVICE_PCI_HOST },
	{ "psci", JHCFG_HW_DEVICE_FIRMWARE },
	{ "scmi", JHCFG_HW_DEVICE_FIRMWARE },
	{ "scm", JHCFG_HW_DEVICE_FIRMWARE },
	{ "optee", JHCFG_HW_DEVICE_FIRMWARE },
	{ "sram", JHCFG_HW_DEVICE_MEMORY },
	{ "flash", JHCFG_HW_DEVICE_MEMORY },
};

/* What a property makes of a node whose name says nothing. */
static const struct {
	const char *property;
	enum jhcfg_hw_device_kind kind;
} marks[] = {
	{ "#iommu-cells", JHCFG_HW_DEVICE_IOMMU },
	{ "#dma-cells", JHCFG_HW_DEVICE_DMA },
	{ "gpio-controller", JHCFG_HW_DEVICE_GPIO },
	{ "interrupt-controller", JHCFG_HW_DEVICE_IRQCHIP },
	{ "#clock-cells", JHCFG_HW_DEVICE_CLOCK },
};

/* Register layouts that our drivers know, by binding; DT_UART without one. */
#define OTHER_UART (-1)

static const struct dt_match uarts[] = {
	{ "ns8250", JAILHOUSE_CON_TYPE_8250 },
	{ "ns16450", JAILHOUSE_CON_TYPE_8250 },
	{ "ns16550", JAILHOUSE_CON_TYPE_8250 },
	{ "ns16550a", JAILHOUSE_CON_TYPE_8250 },
	{ "snps,dw-apb-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "fsl,ns16550", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,omap2-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,omap3-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,omap4-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,am3352-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,am4372-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,am654-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "ti,dra742-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "mediatek,mt6577-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "nvidia,tegra20-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "brcm,bcm2835-aux-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "brcm,bcm7271-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "marvell,armada-38x-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "mrvl,mmp-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "intel,xscale-uart", JAILHOUSE_CON_TYPE_8250 },
	{ "arm,pl011", JAILHOUSE_CON_TYPE_PL011 },
	{ "arm,sbsa-uart", JAILHOUSE_CON_TYPE_PL011 },
	{ "cdns,uart-r1p8", JAILHOUSE_CON_TYPE_XUARTPS },
	{ "cdns,uart-r1p12", JAILHOUSE_CON_TYPE_XUARTPS },
	{ "xlnx,xuartps", JAILHOUSE_CON_TYPE_XUARTPS },
	{ "marvell,armada-3700-uart", JAILHOUSE_CON_TYPE_MVEBU },
	{ "renesas,hscif", JAILHOUSE_CON_TYPE_HSCIF },
	{ "renesas,scifa", JAILHOUSE_CON_TYPE_SCIFA },
	{ "renesas,scif", JAILHOUSE_CON_TYPE_SCIF },
	{ "fsl,imx1-uart", JAILHOUSE_CON_TYPE_IMX },
	{ "fsl,imx21-uart", JAILHOUSE_CON_TYPE_IMX },
	{ "fsl,imx6q-uart", JAILHOUSE_CON_TYPE_IMX },
	{ "fsl,vf610-lpuart", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "fsl,ls1021a-lpuart", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "fsl,ls1028a-lpuart", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "fsl,imx7ulp-lpuart", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "fsl,imx8qxp-lpuart", JAILHOUSE_CON_TYPE_IMX_LPUART },
	{ "amlogic,meson-uart", OTHER_UART },
	{ "amlogic,meson-gx-uart", OTHER_UART },
	{ "atmel,at91sam9260-usart", OTHER_UART },
	{ "qcom,geni-debug-uart", OTHER_UART },
	{ "qcom,geni-uart", OTHER_UART },
	{ "qcom,msm-uart", OTHER_UART },
	{ "qcom,msm-uartdm", OTHER_UART },
	{ "samsung,exynos4210-uart", OTHER_UART },
	{ "samsung,exynos5433-uart", OTHER_UART },
	{ "sprd,sc9836-uart", OTHER_UART },
	{ "st,stm32h7-uart", OTHER_UART },
	{ "st,stm32-uart", OTHER_UART },
	{ NULL, 0 },
};

enum jhcfg_hw_device_kind dt_device_kind(const struct dt_tree *tree,
					 uint32_t node)
{
	const struct dt_node *entry = &tree->nodes[node];

	if (dt_match(tree, node, uarts, 0))
		return JHCFG_HW_DEVICE_UART;
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		if (dt_has_base_name(entry, names[n].name))
			return names[n].kind;
	for (size_t n = 0; n < sizeof(marks) / sizeof(marks[0]); n++)
		if (dt_prop(tree, node, marks[n].property))
			return marks[n].kind;
	return JHCFG_HW_DEVICE_OTHER;
}

bool dt_kind_masters(enum jhcfg_hw_device_kind kind)
{
	switch (kind) {
	case JHCFG_HW_DEVICE_NET:
	case JHCFG_HW_DEVICE_STORAGE:
	case JHCFG_HW_DEVICE_USB:
	case JHCFG_HW_DEVICE_DISPLAY:
	case JHCFG_HW_DEVICE_DMA:
	case JHCFG_HW_DEVICE_PCI_HOST:
		return true;
	default:
		return false;
	}
}

/* 8250s say their register distance; the others have 32-bit registers. */
void dt_uart(const struct dt_tree *tree, uint32_t node,
	     struct jhcfg_hw_device *device)
{
	int type = dt_match(tree, node, uarts, 0);

	device->console_type = type > 0 ? (uint16_t)type : 0;
	device->reg_shift =
		(uint8_t)(dt_u32(tree, node, "reg-shift",
				 type == JAILHOUSE_CON_TYPE_8250 &&
						 !dt_compatible(tree, node,
								"ns16550a") &&
						 !dt_compatible(tree, node,
								"ns16550")
					 ? 2
					 : 0) &
			  7);
	device->reg_io_width =
		(uint8_t)(dt_u32(tree, node, "reg-io-width", 0) & 15);
	device->clock_hz = dt_u32(tree, node, "clock-frequency", 0);
}
