// The last step of `npm run build`: marks the build as complete, so that an interrupted one is not started.
import { writeFileSync } from 'node:fs';

writeFileSync(new URL('../../build/.complete', import.meta.url), '');
