import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('../package.json'), 'utf8')) as { version: string };

/** Files of the site that the tablet shows too; the worker keeps them with the shell. */
const SHARED = ['/fonts/be-vietnam-pro-600.woff2', '/icons/mark.svg'];

const MANIFEST = 'manifest.webmanifest';
const manifest = {
	name: 'Lắng nghe tại quầy',
	short_name: 'Lắng nghe',
	lang: 'vi',
	start_url: '/terminal/',
	scope: '/terminal/',
	display: 'fullscreen',
	background_color: '#fbfaf7',
	theme_color: '#fbfaf7',
	icons: [{ src: '/icons/mark.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }]
};

/**
 * Writes into the worker the list of files that make up this build, and into both a version that changes when any byte does: a
 * tablet swaps the whole shell or nothing. Also puts the program's installable description beside it.
 */
function shell(): Plugin {
	return {
		name: 'tablet-shell',
		apply: 'build',
		enforce: 'post',
		generateBundle: {
			order: 'post',
			handler(_, bundle) {
				const files = Object.values(bundle).filter((file) => !file.fileName.endsWith('.map'));
				const hash = createHash('sha256');
				for (const file of files) hash.update(file.fileName + (file.type === 'chunk' ? file.code : file.source));
				for (const path of SHARED) hash.update(readFileSync(here(`../static${path}`)));
				const build = `${version}+${hash.digest('hex').slice(0, 8)}`;
				const own = files.filter((file) => !['service-worker.js', 'index.html'].includes(file.fileName));
				const list = ['', MANIFEST, ...own.map((file) => file.fileName)]
					.map((name) => `/terminal/${name}`)
					.concat(SHARED);
				for (const file of files) {
					if (file.type !== 'chunk') continue;
					file.code = file.code.replaceAll('@@build@@', build).replace('@@shell@@', list.join(' '));
				}
				this.emitFile({ type: 'asset', fileName: MANIFEST, source: JSON.stringify(manifest) });
			}
		}
	};
}

export default defineConfig({
	root: here('./app'),
	base: '/terminal/',
	publicDir: false,
	plugins: [svelte({ configFile: false }), shell()],
	resolve: { alias: { $lib: here('../src/lib') } },
	// The fonts, the icons and the interface belong to the site: `npm run dev` runs both side by side.
	server: {
		proxy: Object.fromEntries(
			['/fonts', '/icons', '/api'].map((path) => [path, process.env.SITE ?? 'http://127.0.0.1:5173'])
		)
	},
	build: {
		outDir: here('../static/terminal'),
		emptyOutDir: true,
		target: 'chrome111',
		modulePreload: { polyfill: false },
		assetsInlineLimit: 0,
		rollupOptions: {
			input: { index: here('./app/index.html'), 'service-worker': here('./app/service-worker.ts') },
			output: { entryFileNames: (chunk) => (chunk.name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js') }
		}
	}
});
