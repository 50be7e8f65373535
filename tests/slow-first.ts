import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take a minute or more, the longest first; a long one that starts last would keep one worker busy and the others idle. */
const SLOW = [
	'tests/e2e/screens.test.ts',
	'tests/e2e/journey.test.ts',
	'tests/tablet/durability.test.ts',
	'tests/e2e/xss.test.ts',
	'tests/e2e/prints.test.ts',
	'tests/tablet/staff.test.ts',
	'tests/tablet/visit.test.ts',
	'tests/e2e/rights.test.ts',
	'tests/e2e/survey.test.ts',
	'tests/e2e/live.test.ts',
	'tests/e2e/set-up.test.ts',
	'tests/integration/cli.test.ts',
	'tests/integration/answers.test.ts'
];

/** Vitest's own order knows how long a file took only after a first run, and CI's checkout has none. */
export class SlowFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]) {
		const place = ({ moduleId }: TestSpecification) => {
			const index = SLOW.findIndex((name) => moduleId.endsWith(name));
			return index < 0 ? SLOW.length : index;
		};
		return (await super.sort(files)).sort((a, b) => place(a) - place(b));
	}
}
