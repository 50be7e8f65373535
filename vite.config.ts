import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { createServer, defineConfig, type Plugin } from 'vite';

/** `npm run dev` serves the tablet program too, with hot reload, at the address it has in production. */
function tabletProgram(): Plugin {
	return {
		name: 'tablet-program',
		apply: 'serve',
		async configureServer(site) {
			if (site.config.server.middlewareMode) return; // a test's server
			const tablet = await createServer({
				configFile: 'terminals/vite.config.ts',
				server: { middlewareMode: true, hmr: { port: 24690 } }
			});
			site.middlewares.use((request, response, next) => {
				if (request.url === '/terminal') return response.writeHead(308, { location: '/terminal/' }).end();
				// Fonts and icons belong to the site; in development the tablet program asks for them under its own base.
				request.url = request.url?.replace(/^\/terminal\/(fonts|icons)\//, '/$1/');
				if (request.url?.startsWith('/terminal/')) tablet.middlewares(request, response, next);
				else next();
			});
			site.httpServer?.once('close', () => void tablet.close());
		}
	};
}

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './project.inlang',
			outdir: './src/lib/paraglide',
			strategy: ['cookie', 'baseLocale']
		}),
		tabletProgram(),
		sveltekit()
	],
	// Node reads drizzle's list of 180 kB of entries again for each of a hundred chunks that ask for it: a second of every start.
	ssr: { noExternal: ['drizzle-orm'] },
	server: { port: 3000 }
});
