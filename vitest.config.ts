import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { LONG_JOURNEYS, SHORT } from './tests/lane.ts';
import { SlowFirst } from './tests/slow-first.ts';

const $lib = fileURLToPath(new URL('./src/lib', import.meta.url));
/** Tests run in a time zone that is neither UTC nor Việt Nam's, so that a forgotten zone shows. */
process.env.TZ = 'America/New_York';

const onDatabase = ['src/lib/server/**/*.test.ts', 'tests/integration/**/*.test.ts'];
/** What is measured in milliseconds runs after all others and alone: beside other browsers it would measure them. */
const TIMED = ['tests/tablet/speed.test.ts'];

const LEFT_OUT = SHORT ? [...LONG_JOURNEYS] : [];

/** Opens the folder for what is made once a run. */
const ONCE = 'tests/factories/once-a-run.ts';

export default defineConfig({
	resolve: { alias: { $lib } },
	plugins: [svelte({ configFile: false })],
	test: {
		reporters: ['default'],
		sequence: { sequencer: SlowFirst },
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					testTimeout: 60_000,
					isolate: false,
					setupFiles: ['tests/factories/own-modules.ts'],
					include: [
						'src/lib/{domain,components}/**/*.test.ts',
						'terminals/**/*.test.ts',
						'tests/architecture/**/*.test.ts'
					],
					exclude: LEFT_OUT
				}
			},
			{
				extends: true,
				test: {
					name: 'sqlite',
					globalSetup: ONCE,
					include: onDatabase,
					isolate: false,
					setupFiles: ['tests/factories/own-modules.ts'],
					env: { DATABASE_URL: 'file:chosen-by-freshDb' },
					testTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'postgres',
					globalSetup: [ONCE, 'tests/factories/postgres-server.ts'],
					include: onDatabase,
					isolate: false,
					setupFiles: ['tests/factories/own-modules.ts'],
					env: { DATABASE_URL: 'postgres://in-this-process' },
					hookTimeout: 60_000,
					testTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'faults',
					include: ['tests/faults/**/*.test.ts'],
					testTimeout: 300_000,
					hookTimeout: 120_000,
					fileParallelism: false
				}
			},
			{
				extends: true,
				test: {
					name: 'browser',
					globalSetup: ONCE,
					include: ['tests/e2e/**/*.test.ts', 'tests/tablet/**/*.test.ts'],
					exclude: [...TIMED, ...LEFT_OUT],
					isolate: false,
					setupFiles: ['tests/factories/own-modules.ts'],
					// A loaded machine may lose a step of a real browser; tests/run.ts says which tests needed the second try.
					retry: 1,
					testTimeout: 180_000,
					hookTimeout: 180_000
				}
			},
			{
				extends: true,
				test: {
					name: 'timed',
					include: TIMED,
					retry: 2,
					testTimeout: 180_000,
					hookTimeout: 180_000,
					fileParallelism: false
				}
			}
		]
	}
});
