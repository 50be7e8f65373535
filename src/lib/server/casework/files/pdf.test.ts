import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { judgePdf } from './pdf.ts';

/** A PDF of these objects, as a program writes one; its table is not looked at. */
const aPdf = (objects: readonly string[], { head = '%PDF-1.7\n', trailer = '', behind = '' } = {}) =>
	Buffer.from(
		`${head}${objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer\n<< /Root 1 0 R ${trailer}>>\nstartxref\n9\n%%EOF\n${behind}`,
		'latin1'
	);
const stream = (dictionary: string, body: Buffer) =>
	`<< ${dictionary} /Length ${body.length} >>\nstream\n${body.toString('latin1')}\nendstream`;
const packed = (inside: string, dictionary = '/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode') =>
	stream(dictionary, deflateSync(Buffer.from(inside, 'latin1')));

const CATALOG = '<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>';
const PICTURE = stream('/Subtype /Image /Filter /DCTDecode', Buffer.from([...Array(256).keys()]));

test('what a scanner or an office program writes is taken', () => {
	for (const pdf of [
		aPdf([CATALOG, PICTURE]),
		aPdf([CATALOG, packed('4 0 << /Type /Page >>')], { head: '%PDF-2.0\r\n' }),
		aPdf([CATALOG], { head: '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n' })
	])
		expect(judgePdf(pdf)).toEqual({ ok: true, value: null });
});

test.each([
	['no PDF', Buffer.from('<!doctype html><script>alert(1)</script>'), 'file-kind'],
	['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file-kind'],
	['a Word file', Buffer.from('PK\x03\x04 word/document.xml'), 'file-kind'],
	['its beginning behind something else', Buffer.concat([Buffer.from('MZ'), aPdf([CATALOG])]), 'file-kind'],
	['a page that is a PDF too', aPdf([CATALOG], { head: '%PDF-1.7\n%<script>alert(1)</script>\n' }), 'file-kind'],
	['a ZIP that is a PDF too', aPdf([CATALOG, stream('', Buffer.from('PK\x05\x06 end of a list'))]), 'file-kind'],
	['something behind its end', aPdf([CATALOG], { behind: '<?php system($_GET["c"]);' }), 'file-broken'],
	['its first half', aPdf([CATALOG, PICTURE]).subarray(0, 200), 'file-broken'],
	['a script', aPdf([CATALOG, '<< /S /JavaScript /JS (app.alert(1)) >>']), 'file-active'],
	['a script by another spelling', aPdf([CATALOG, '<< /S /Java#53cript >>']), 'file-active'],
	['a script inside an object stream', aPdf([CATALOG, packed('4 0 << /S /JavaScript >>')]), 'file-active'],
	[
		'a script inside one that is called otherwise',
		aPdf([CATALOG, packed('4 0 << /S /JavaScript >>', '/Type /Obj#53tm /Filter /Fl')]),
		'file-active'
	],
	['a program that it starts', aPdf([CATALOG, '<< /S /Launch /F (calc.exe) >>']), 'file-active'],
	['another file inside', aPdf(['<< /Type /Catalog /Names << /EmbeddedFiles 3 0 R >> >>']), 'file-active'],
	['a password', aPdf([CATALOG], { trailer: '/Encrypt 5 0 R ' }), 'file-locked'],
	[
		'an object stream that nobody can read',
		aPdf([CATALOG, packed('x', '/Type /ObjStm /Filter /LZWDecode')]),
		'file-broken'
	],
	['an object stream that is none', aPdf([CATALOG, '/ObjStm']), 'file-broken'],
	['an object stream without an end', aPdf([CATALOG, '<< /Type /ObjStm >>\nstream\n4 0']), 'file-broken']
])('UPLOAD: a PDF with %s is refused', (_, bytes, reason) => {
	expect(judgePdf(bytes)).toEqual({ ok: false, reason });
});

test('UPLOAD: an object stream that unpacks to gigabytes is refused at eight megabytes', () => {
	const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
	const pdf = aPdf([CATALOG, stream('/Type /ObjStm /Filter /FlateDecode', bomb)]);
	expect(pdf.length).toBeLessThan(100_000);
	const before = process.memoryUsage().rss;
	expect(judgePdf(pdf)).toEqual({ ok: false, reason: 'file-broken' });
	expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
	// Many that are small each are no way round it.
	const some = packed('\0'.repeat(3 * 1024 * 1024));
	expect(judgePdf(aPdf([CATALOG, some, some, some]))).toEqual({ ok: false, reason: 'file-broken' });
});
