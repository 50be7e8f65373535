import { writeFileSync } from 'node:fs';
import { asvsLines } from '../asvs/list.ts';
import { asvsPage } from './asvs-page.ts';

writeFileSync('docs/asvs.md', asvsPage());
console.log(asvsLines().join('\n'));
