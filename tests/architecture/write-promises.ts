import { writeFileSync } from 'node:fs';
import { promisesPage } from './promises-page.ts';

writeFileSync('docs/promises.md', promisesPage());
