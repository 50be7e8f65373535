// npx vite --config tests/gallery/vite.config.ts
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
	root: at('./'),
	publicDir: at('../../static'),
	cacheDir: at('../../node_modules/.vite-gallery'),
	resolve: { alias: { $lib: at('../../src/lib') } },
	plugins: [svelte({ configFile: false })],
	server: { port: 4210, strictPort: true, fs: { allow: [at('../../')] } }
});
