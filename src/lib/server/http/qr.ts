import { create } from 'qrcode';

export interface QrDrawing {
	/** One SVG path in units of a module; fill it, without a stroke. */
	qr: string;
	/** Modules on a side. Whoever draws it leaves four light modules around it (ISO/IEC 18004). */
	size: number;
}

/** An address as a QR code, drawn here so that no page and no tablet needs a library for it. Runs of a row are one rectangle. */
export function drawQr(text: string): QrDrawing {
	const { modules } = create(text, { errorCorrectionLevel: 'M' });
	let qr = '';
	for (let y = 0; y < modules.size; y++) {
		for (let x = 0; x < modules.size; x++) {
			if (!modules.get(y, x)) continue;
			const from = x;
			while (x + 1 < modules.size && modules.get(y, x + 1)) x++;
			const width = x - from + 1;
			qr += `M${from} ${y}h${width}v1h-${width}z`;
		}
	}
	return { qr, size: modules.size };
}
