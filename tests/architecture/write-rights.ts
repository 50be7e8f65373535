import { writeFileSync } from 'node:fs';
import { rightsPage } from './rights-page.ts';

writeFileSync('docs/rights.md', rightsPage());
