import { expect, test } from 'vitest';
import { POLICIES, policyOf } from './policies.ts';

test('a layout’s policy is found from every page below it, and from nowhere else', () => {
	const layout = POLICIES['/(admin)'].layout;
	expect(layout).toBeDefined();
	expect(policyOf('/(admin)', 'layout')).toBe(layout);
	expect(policyOf('/(admin)/admin/[[org=id]]/roster', 'layout')).toBe(layout);
	expect(policyOf('/(auth)/sign-in', 'layout')).toBeUndefined();
	expect(policyOf('/(admin)/admin/[[org=id]]/roster', 'load')).not.toBe(POLICIES['/(admin)/admin/[[org=id]]'].load);
	expect(policyOf('/(admin)/nowhere', 'load')).toBeUndefined();
});
