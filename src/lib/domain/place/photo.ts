/** The kinds of picture that are taken, told by their first bytes: a file's name and declared type are anybody's to choose. */
export type PhotoKind = 'jpeg' | 'png' | 'webp';

/** What a browser may offer to choose from. */
export const PHOTO_TYPES = 'image/jpeg,image/png,image/webp';
export const LARGEST_PHOTO_BYTES = 5 * 1024 * 1024;

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];

/** null: none of the three. */
export function photoKind(bytes: Uint8Array): PhotoKind | null {
	const has = (magic: readonly number[], at = 0) => magic.every((byte, i) => bytes[at + i] === byte);
	if (has(JPEG)) return 'jpeg';
	if (has(PNG)) return 'png';
	return has(RIFF) && has(WEBP, 8) ? 'webp' : null;
}
