/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The two that move pages. Memory is normal and the MMU on, so addresses need
 * no alignment (SCTLR_EL2.A is 0), and lines can be zeroed as such (DC ZVA,
 * ARM DDI 0487 C5.3.13).
 */
	.text
	.global	memcpy
memcpy:
	mov	x3, x0
	b	2f
1:	ldp	x4, x5, [x1], #16
	ldp	x6, x7, [x1], #16
	stp	x4, x5, [x3], #16
	stp	x6, x7, [x3], #16
2:	subs	x2, x2, #32
	b.hs	1b
	add	x2, x2, #32
	b	4f
3:	ldr	x4, [x1], #8
	str	x4, [x3], #8
4:	subs	x2, x2, #8
	b.hs	3b
	add	x2, x2, #8
	cbz	x2, 6f
5:	ldrb	w4, [x1], #1
	strb	w4, [x3], #1
	subs	x2, x2, #1
	b.ne	5b
6:	ret

	.global	memset
memset:
	mov	x3, x0
	ands	w1, w1, #0xff
	b.ne	3f
	mrs	x4, dczid_el0
	cmp	x4, #4			/* permitted, 64 bytes */
	orr	x5, x0, x2
	and	x5, x5, #63
	ccmp	x5, #0, #0, eq
	b.ne	3f
	cbz	x2, 2f
1:	dc	zva, x3
	add	x3, x3, #64
	subs	x2, x2, #64
	b.ne	1b
2:	ret
3:	mov	x4, #0x0101010101010101
	mul	x4, x4, x1
	b	5f
4:	stp	x4, x4, [x3], #16
5:	subs	x2, x2, #16
	b.hs	4b
	add	x2, x2, #16
	cbz	x2, 7f
6:	strb	w1, [x3], #1
	subs	x2, x2, #1
	b.ne	6b
7:	ret
