import type { LocalText } from '../survey/criterion.ts';
import { completeProfile, type Profile } from './profile.ts';

/** What an administrator chooses between when a tablet is let in; the same figures as terminals/profiles. */
export const MODES: Record<Profile['mode'], { name: LocalText; about: LocalText; profile: Profile }> = {
	rotating: {
		name: { vi: 'Luân phiên', en: 'Rotating' },
		about: {
			vi: 'Hai câu: công chức, rồi một trong bốn tiêu chí còn lại, chia đều. Hợp với hầu hết các quầy.',
			en: 'Two questions: the officer, then one of the other four criteria in turn. Right for most counters.'
		},
		profile: aProfile('rotating', 30)
	},
	quick: {
		name: { vi: 'Nhanh', en: 'Quick' },
		about: {
			vi: 'Một câu về công chức. Dành cho quầy rất đông.',
			en: 'One question, about the officer. For very busy counters.'
		},
		profile: aProfile('quick', 30)
	},
	full: {
		name: { vi: 'Đầy đủ', en: 'Full' },
		about: {
			vi: 'Cả năm tiêu chí. Dành cho nơi người dân có chỗ ngồi và thời gian.',
			en: 'All five criteria. For places where people can sit and have time.'
		},
		profile: aProfile('full', 45)
	}
};

function aProfile(mode: Profile['mode'], idleSeconds: number): Profile {
	return completeProfile({ mode, idleSeconds, hours: 'site' });
}
