/**
 * What the standard asks for, what applies, and what is not held or not wholly: by its number, what lacks and why. A row that lacks
 * something must stand here, and one that is held must not (tests/architecture/asvs.test.ts).
 */
export const OPEN: Readonly<Record<string, string>> = {
	'3.3.1':
		'the cookie that remembers the language is Secure over https and has no prefix: its name is the same on a demonstration’s plain http',
	'3.3.3': 'the same cookie of the language',
	'5.4.3': 'no scanner is asked: pictures are drawn anew, and a PDF that would run or carry something is refused',
	'6.2.12':
		'the 49 000 most common of published leaks; all of them would be a service that is asked, or many gigabytes',
	'6.3.3':
		'asked of administrators, auditors and leaders of provinces; others may turn it on. Officers at counters have no phone of the office, and their accounts read their own released figures',
	'6.5.5':
		'a code one step early or late is taken too (RFC 6238, 5.2): the clocks of phones differ, and each is good once',
	'7.5.1': 'the password is asked for again, the second factor is not',
	'7.5.2':
		'people see their sessions and end them without showing the password again: ending one takes nothing from anybody',
	'11.2.2':
		'the costs of a password’s hash are exchanged with the password; a new secret (`lang-nghe secret renew`) forgets what the old one sealed',
	'11.5.1':
		'codes that people type have 60 bits: 32 letters on a receipt would not be typed. How long guessing takes is measured (npm run bench -- case-codes)',
	'12.3.1': 'smtp:// without a password and postgres:// without TLS are taken, also to another machine',
	'13.3.1': 'the secret is a file for its owner alone, or the environment’s; no vault is asked',
	'16.3.3': 'refusals are counted by their code (/metrics) and not written one by one'
};
