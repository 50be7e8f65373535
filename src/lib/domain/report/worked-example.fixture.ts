import { SIPAS19 } from '../survey/sipas19.ts';
import { addAnswer, emptyCounts, type ItemCounts } from './counts.ts';

/** Five sheets of SIPAS19, the items in order, '-' not applicable. */
const SHEETS = [
	'4543 4454 54455 544 444',
	'3444 4344 44344 445 ---',
	'5554 5555 55555 555 544',
	'2343 3243 23243 344 322',
	'4444 4444 55444 444 443'
].map((sheet) => sheet.replaceAll(' ', ''));

/** The counts of the worked example: A (share) 79,00 and B (score) 79,48. */
export const WORKED_EXAMPLE: readonly ItemCounts[] = SIPAS19.items.map(({ id }, column) =>
	SHEETS.map((sheet) => sheet.charAt(column))
		.map((mark) => (mark === '-' ? null : Number(mark)))
		.reduce(addAnswer, emptyCounts(id))
);
