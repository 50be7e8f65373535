import { pbkdf2Sync } from 'node:crypto';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';
import { completeProfile } from '../../src/lib/domain/terminal/profile.ts';
import type { TerminalConfiguration } from '../../src/lib/domain/terminal/configuration.ts';

export const PIN = '2468';
const SALT = Buffer.from('a tablet for tests');
const ITERATIONS = 10_000;

/** What a tablet at counter 5 is told; a test states only what matters to it. */
export function aConfiguration(changes: Partial<TerminalConfiguration> = {}): TerminalConfiguration {
	const today = new Date(Date.now() - 60_000).toISOString();
	return {
		revision: 'r1',
		terminal: { id: 't-fake', name: 'Máy quầy 5' },
		organization: { id: 'w', name: 'Phường Ví Dụ', demonstration: true },
		site: { id: 's', name: 'Trung tâm Phục vụ hành chính công' },
		counter: { id: 'c5', number: '5', name: 'Tư pháp – Hộ tịch' },
		fieldId: null,
		officers: [
			{ id: 'hoa', name: 'Nguyễn Thị Ánh Hoa', photo: null },
			{ id: 'an', name: 'Lê Văn An', photo: null },
			{ id: 'my', name: 'Trần Đỗ Quỳnh Mỹ', photo: null }
		],
		duties: [{ id: 'd-hoa', officerId: 'hoa', startsAt: today, endsAt: null }],
		questionnaire: SIPAS5,
		profile: completeProfile({ mode: 'quick' }),
		pin: {
			salt: SALT.toString('base64'),
			iterations: ITERATIONS,
			hash: pbkdf2Sync(PIN, SALT, ITERATIONS, 32, 'sha256').toString('base64')
		},
		notServed: { vi: 'Không phải quầy này / Tôi chưa được phục vụ', en: 'Not this counter / I was not served' },
		serverTime: new Date().toISOString(),
		...changes
	};
}
