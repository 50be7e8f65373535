/**
 * How the broadcast shows what is asked: a strip in the lower third, a whole page, one line, the code alone, or nothing. Chosen at the
 * desk, so that whoever runs the video has nothing to do.
 */
export const OVERLAY_LAYOUTS = ['lower', 'full', 'ticker', 'qr', 'off'] as const;
export type OverlayLayout = (typeof OVERLAY_LAYOUTS)[number];

export const isOverlayLayout = (text: string | null): text is OverlayLayout =>
	(OVERLAY_LAYOUTS as readonly (string | null)[]).includes(text);
