import { expect, test } from 'vitest';
import { attachmentName, sayBytes } from './attachment.ts';

test.each([
	['Đơn của tổ 3.PDF', 'Đơn của tổ 3.pdf'],
	['../../etc/passwd', 'passwd.pdf'],
	['C:\\Users\\a\\đơn.docx', 'đơn.pdf'],
	['..', 'Tệp.pdf'],
	['', 'Tệp.pdf'],
	['.htaccess', 'htaccess.pdf'],
	['a\r\nContent-Type: text/html\r\n\r\n.pdf', 'a Content-Type text/html.pdf'.split('/').at(-1)!],
	['ảnh\u202Efdp.exe', 'ảnh fdp.pdf'],
	['x'.repeat(300), `${'x'.repeat(80)}.pdf`]
])('a file called %j is listed as %j', (given, shown) => {
	expect(attachmentName(given, 'application/pdf')).toBe(shown);
});

test('how large a file is, is said as people say it', () => {
	expect([1, 34_000, 1_300_000].map(sayBytes)).toEqual(['1 KB', '34 KB', '1,2 MB']);
});
