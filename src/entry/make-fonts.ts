// Makes the font files of the screens and of the printed reports: `npx node src/entry/make-fonts.ts`. Run again only when a sign is missing.
import { copyFile, readFile, writeFile } from 'node:fs/promises';
// @ts-expect-error the package has no types
import subsetFont from 'subset-font';

const HERE = new URL('../../static/fonts/', import.meta.url);
const FONTS = {
	'be-vietnam-pro-400': import.meta.resolve('@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf'),
	'be-vietnam-pro-600': import.meta
		.resolve('@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf'),
	'tinos-400': import.meta.resolve('@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf'),
	'tinos-400-italic': import.meta.resolve('@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf'),
	'tinos-700': import.meta.resolve('@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf')
};

// One file must hold every Vietnamese letter: a mark taken from another font breaks a word in the middle.
const MARKS = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];
const VOWELS = [...'aăâeêioôơuưy'].flatMap((vowel) => MARKS.map((mark) => (vowel + mark).normalize('NFC')));
const letters = VOWELS.join('') + 'đ';
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const signs = '\u00a0“”‘’–—…·•₫%±≥≤×→←−°©½▲▼';
const text = [...new Set(ascii + letters + letters.toUpperCase() + signs)].join('');

for (const [name, file] of Object.entries(FONTS)) {
	const whole = await readFile(new URL(file));
	const features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl', 'tnum', 'lnum'];
	const subset = await subsetFont(whole, text, {
		targetFormat: 'woff2',
		keepFeatures: features
	});
	await writeFile(new URL(`${name}.woff2`, HERE), subset);
	console.log(`${name}.woff2: ${[...text].length} signs, ${subset.length} bytes`);
}
await copyFile(new URL('../LICENSE_FONT', FONTS['be-vietnam-pro-400']), new URL('OFL.txt', HERE));
await copyFile(new URL('../LICENSE_FONT', FONTS['tinos-400']), new URL('OFL-tinos.txt', HERE));
