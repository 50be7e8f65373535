import type { Sheet } from '../../src/lib/domain/submission/sheet.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { OUTCOME_NOT_SERVED } from '../../src/lib/domain/survey/questionnaire.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/domain/shared/time.ts';
import { oneOf, type Random } from './random.ts';

/** What one citizen does at a tablet, and when (true time, milliseconds). */
export interface Visit extends Pick<Sheet, 'answers' | 'reasons' | 'comment' | 'locale'> {
	at: number;
	/** "Chosen by mistake": answers again in place of the visit before. */
	corrects: boolean;
}

const CORRECTED = 0.06;
const REPEATED = 0.06;
const OPEN_MS = 9 * HOUR_MS;
const COMMENTS = [
	'Cán bộ rất tận tình, cảm ơn!',
	'Chờ lâu quá.',
	'Giấy tờ rườm rà, phải đi lại 3 lần',
	'<b>Tốt</b>; "5 sao"'
];

/** `count` visits over so many days from `startsAt`, in the order they happen; some correct or repeat the one before. */
export function visitsOf(random: Random, count: number, startsAt: number, days: number): Visit[] {
	const times = Array.from({ length: count }, () => {
		const day = Math.floor(random() * days);
		return Math.floor(startsAt + day * DAY_MS + random() * OPEN_MS);
	}).sort((a, b) => a - b);
	const visits: Visit[] = [];
	for (let at of times) {
		if (visits.length >= count) break;
		visits.push(visit(random, at, false));
		const mood = random();
		if (mood < CORRECTED) visits.push(visit(random, (at += 2000), true));
		else if (mood < CORRECTED + REPEATED) visits.push(visit(random, (at += 1000 + random() * 20_000), false));
	}
	return visits.slice(0, count).sort((a, b) => a.at - b.at || Number(a.corrects) - Number(b.corrects));
}

function visit(random: Random, at: number, corrects: boolean): Visit {
	const locale = random() < 0.05 ? 'en' : 'vi';
	if (random() < 0.04) return { at, corrects, locale, answers: [], reasons: [OUTCOME_NOT_SERVED], comment: null };
	const others = SIPAS5.items.map(({ id }) => id).filter((id) => id !== 'PV');
	const asked = oneOf(random, [['PV'], ['PV', oneOf(random, others)], ['PV', ...others]]);
	const answers = asked.map((itemId) => ({
		itemId,
		value: random() < 0.02 && asked.length > 1 ? null : score(random)
	}));
	// A sheet must say something: the officer's question is always answered.
	answers[0].value ??= 4;
	const poor = answers.some(({ value }) => value !== null && value <= 2);
	const reasons = poor && random() < 0.6 ? [oneOf(random, SIPAS5.reasons).code] : [];
	return { at, corrects, locale, answers, reasons, comment: random() < 0.03 ? oneOf(random, COMMENTS) : null };
}

const score = (random: Random) => oneOf(random, [5, 5, 5, 5, 4, 4, 4, 3, 2, 1]);
