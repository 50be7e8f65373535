import { formatInstant } from '../shared/time.ts';
import type { Due } from './clock.ts';

/** How far up somebody is written to about a case: who works on it; the leader too; the province too. */
export type Reach = 'desk' | 'leader' | 'province';

export interface Reminder {
	/** Said once: what the case remembers of its last letter. */
	key: string;
	reach: Reach;
}

/** Whether a case asks for a letter now; null where its step is neither late nor soon due, or the letter about that has gone out. */
export function reminderOf({ step, standing, beyondLimit }: Due, toldOf: string): Reminder | null {
	if (step === null || (standing !== 'due-soon' && standing !== 'late')) return null;
	const key = `${step} ${beyondLimit ? 'beyond' : standing}`;
	if (key === toldOf) return null;
	return { key, reach: beyondLimit ? 'province' : standing === 'late' ? 'leader' : 'desk' };
}

const STEPS = { forward: 'chuyển xử lý', answer: 'trả lời người dân', publish: 'công khai câu trả lời' } as const;

/** In Vietnamese like every letter to the staff; it says the number and the time, and nothing of what the case is about. */
export function reminderLetter(number: string, { step, at, standing, beyondLimit }: Due, href: string) {
	const deed = STEPS[step!];
	const late = standing === 'late';
	const until = formatInstant(at!);
	return {
		subject: late ? `Vụ việc ${number} quá hạn ${deed}` : `Vụ việc ${number} sắp đến hạn ${deed}`,
		text: `Vụ việc ${number} ${late ? `lẽ ra phải ${deed}` : `cần ${deed}`} trước ${until}.${
			beyondLimit ? ' Thời hạn tối đa cũng đã qua.' : ''
		}

Xem và xử lý: ${href}

Thư này chỉ gửi một lần cho mỗi bước, trong giờ làm việc.
`
	};
}
