#!/usr/bin/env node
// `npx lang-nghe …` and `npm run cli -- …`: checks the Node.js before anything that an old one would crash on.
import './node-version.js';

// Node asks drizzle's package anew for each of its five hundred files and for each of ours that names it, and reads its list of 180 kB
// of entries for the answer: most of a command's time.
const { registerHooks } = await import('node:module');
const named = new Map();
registerHooks({
	resolve(specifier, context, resolveNext) {
		if (specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/'))
			return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
		if (!specifier.startsWith('drizzle-orm')) return resolveNext(specifier, context);
		if (!named.has(specifier)) named.set(specifier, { ...resolveNext(specifier, context), shortCircuit: true });
		return named.get(specifier);
	}
});

const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
