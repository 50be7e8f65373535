import * as v from 'valibot';
import { isEmail } from '../../domain/account/email.ts';
import { ROLES } from '../../domain/account/role.ts';

/** What the pages about people are sent; the checks are the same for inviting somebody and for changing them. */
const id = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long'));
const none = v.pipe(
	v.literal(''),
	v.transform(() => null)
);
const email = v.union([none, v.pipe(v.string(), v.check(isEmail, 'email'))], 'email');
const officerId = v.union([none, id]);
const name = v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(120, 'too-long'));
const role = v.picklist(ROLES, 'required');
const siteId = v.pipe(v.string(), v.maxLength(64, 'too-long'));

export const inviteSchema = v.object({
	id: v.pipe(v.string(), v.regex(/^[0-9a-hjkmnp-tv-z]{10}$/, 'required')),
	name,
	login: v.pipe(v.string(), v.minLength(1, 'required'), v.maxLength(64, 'too-long')),
	email,
	role,
	siteId,
	officerId
});
export const detailsSchema = v.object({ name, email, officerId });
export const giveSchema = v.object({ role, siteId });
export const withdrawSchema = v.object({ role, siteId, roleAt: id });
