/**
 * How large a QR code has to be on paper. Its side is a tenth of the distance it is read from and never under 30 mm (the usual 10:1 of
 * makers of codes; reference/ux.md P12); no module is under 0.4 mm, since GS1 asks for 0.396 mm where codes are read at a till (General
 * Specifications 5.12.3.1); four light modules stand around it (ISO/IEC 18004). All lengths in millimetres.
 */
const DISTANCE_TO_SIDE = 10;
const LEAST_SIDE = 30;
const LEAST_MODULE = 0.4;
export const QUIET_MODULES = 4;

/** A phone held over a receipt or a card on the table. */
export const IN_THE_HAND = 300;

/** A code on paper: the side of its symbol without the light modules around it. */
export interface PrintedCode {
	side: number;
	/** Modules on a side. */
	modules: number;
	distance: number;
}

/** The side a code needs, in whole millimetres. */
export function sideFor({ modules, distance }: Omit<PrintedCode, 'side'>): number {
	return Math.ceil(Math.max(distance / DISTANCE_TO_SIDE, LEAST_SIDE, modules * LEAST_MODULE));
}

/** Whether a code of this side is read from where people stand, and what is wrong where it is not. */
export function judgeSide({ side, modules, distance }: PrintedCode): 'too-small' | 'too-fine' | null {
	if (side / modules < LEAST_MODULE) return 'too-fine';
	return side < Math.max(distance / DISTANCE_TO_SIDE, LEAST_SIDE) ? 'too-small' : null;
}

/** The side of the code with what has to stay light around it. */
export const boxOf = ({ side, modules }: Pick<PrintedCode, 'side' | 'modules'>) =>
	(side / modules) * (modules + 2 * QUIET_MODULES);

/** What posters are printed on, and from how far each may be read: its code and its words fit on the sheet. */
export const PAPERS = {
	a6: { width: 105, height: 148, distances: [500] },
	a5: { width: 148, height: 210, distances: [500, 1000] },
	a4: { width: 210, height: 297, distances: [1000, 1500] },
	a3: { width: 297, height: 420, distances: [1500, 2000] },
	a2: { width: 420, height: 594, distances: [2000, 3000] }
} as const satisfies Record<string, { width: number; height: number; distances: readonly number[] }>;
export type Paper = keyof typeof PAPERS;

export interface PosterFormat {
	paper: Paper;
	distance: number;
}

/** Every sheet that can be asked for, the smallest first. */
export const POSTER_FORMATS: readonly PosterFormat[] = (Object.keys(PAPERS) as Paper[]).flatMap((paper) =>
	PAPERS[paper].distances.map((distance) => ({ paper, distance }))
);

/** The format that an address asks for; where it names a distance only, the smallest paper that does; an A4 read from 1 m for nothing. */
export function posterFormat(paper: string | null, distance: string | null): PosterFormat {
	const fits = (format: PosterFormat) =>
		(!paper || format.paper === paper) && (!distance || format.distance === Number(distance));
	const usual = POSTER_FORMATS.find((format) => format.paper === 'a4')!;
	return paper || distance ? (POSTER_FORMATS.find(fits) ?? usual) : usual;
}
