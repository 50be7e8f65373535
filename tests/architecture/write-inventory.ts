import { writeFileSync } from 'node:fs';
import { inventoryPage } from './inventory-page.ts';

writeFileSync('docs/data-inventory.md', inventoryPage());
