import { readCaseNumber } from '../lib/domain/casework/register.ts';
import type { ParamMatcher } from '@sveltejs/kit';

/** The number of a case: '2026-0012'. */
export const match: ParamMatcher = (text) => readCaseNumber(text) !== null;
