// The last step of `npm run build`: marks the build as complete, so that an interrupted one is not started.
import { writeFileSync } from 'node:fs';

const build = new URL('../../build/', import.meta.url);
// Found at once by each of a thousand modules, which would else be looked for up to the root.
writeFileSync(new URL('package.json', build), JSON.stringify({ type: 'module' }));
writeFileSync(new URL('.complete', build), '');
