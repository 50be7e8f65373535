import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ out: 'build', precompress: true }),
		// The guard in src/lib/server/http checks origins itself, for JSON too; Kit's own check stays on for forms.
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['none'],
				'script-src': ['self'],
				'style-src': ['self'],
				// The one style attribute there is: Kit's own invisible line that tells a screen reader of a new page.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'media-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'object-src': ['none'],
				'frame-src': ['none'],
				'frame-ancestors': ['none'],
				'require-trusted-types-for': ['script'],
				// overlay-worker: components/dialogue/overlay-shell.ts, for the one address of its service worker.
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'overlay-worker']
			}
		},
		typescript: {
			config: (config) => {
				config.include.push('../terminals/**/*.ts', '../terminals/**/*.svelte', '../tests/**/*.ts', '../*.config.ts');
				return config;
			}
		}
	}
};
