import { createWriteStream, readFileSync } from 'node:fs';
import { writeExport } from '../../src/entry/commands/export.ts';
import { openDb } from '../../src/lib/server/db/open.ts';

/** One export to a file by a process of its own, which says by how much its memory grew for it: bytes at the peak over those before. */
const [databaseUrl, organizationId, versionId, from, to, file] = process.argv.slice(2);
const db = await openDb(databaseUrl);
const before = process.memoryUsage.rss();
const began = performance.now();
await writeExport(db, { organizationId, versionId, from, to }, createWriteStream(file));
const ms = performance.now() - began;
const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) * 1024;
await db.store.close();
process.stdout.write(JSON.stringify({ before, peak, ms }));
