#!/usr/bin/env node
// `npx lang-nghe …` and `npm run cli -- …`: checks the Node.js before anything that an old one would crash on.
import './node-version.js';

const { main } = await import('./cli.ts');
process.exitCode = await main(process.argv.slice(2));
