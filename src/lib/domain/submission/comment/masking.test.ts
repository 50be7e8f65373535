import { expect, test } from 'vitest';
import { mayAccuse } from './allegation.ts';
import { onlyMasks } from './masking.ts';

const WRITTEN = 'Chị Lan ở quầy 3,\nsố 0912345678, làm tốt';

test.each([
	[WRITTEN, true],
	['Chị [tên người] ở quầy 3, số [số điện thoại], làm tốt', true],
	['[tên người], làm tốt', true],
	['Chị Lan ở quầy 3 [...]', true],
	['[đã che]', true],
	['Chị Lan ở quầy 3, số 0912345678, làm rất tốt', false],
	['Chị [tên người] ở quầy 4, số [số điện thoại], làm tốt', false],
	['Chị Lan ở quầy 3, làm tốt', false],
	['làm tốt [che] Chị Lan', false],
	['Chị Lan ở quầy 3, số [x] 0912345678, làm tốt và đẹp', false]
])('a moderator hides, they do not rewrite: %j', (masked, allowed) => {
	expect(onlyMasks(WRITTEN, masked)).toBe(allowed);
});

test.each([
	['Cán bộ vòi tiền mới làm', true],
	['phải có PHONG BÌ', true],
	['bị sách nhiễu nhiều lần', true],
	['Lệ phí rõ ràng, không mất thêm tiền', false],
	['Xin bồi thường vì làm mất giấy', false]
])('money and harassment are noticed: %s', (text, accuses) => {
	expect(mayAccuse(text)).toBe(accuses);
});
