import { isShortId } from '../lib/domain/shared/id.ts';
import type { ParamMatcher } from '@sveltejs/kit';

/** The id of a questionnaire's version: one that somebody wrote here, or a built-in one ('SIPAS19-v1'). */
export const match: ParamMatcher = (text) => isShortId(text) || /^[A-Z][A-Z0-9]{1,11}-v\d{1,3}$/.test(text);
