import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rightsPage } from './rights-page.ts';

test('docs/rights.md is what the tables say today; `npm run rights` writes it', () => {
	expect(readFileSync('docs/rights.md', 'utf8')).toBe(rightsPage());
});
