import { isShortId } from '../lib/domain/shared/id.ts';
import type { ParamMatcher } from '@sveltejs/kit';

/** The id of a place or person: ten characters of base 32, so no page's own name is ever taken for one. */
export const match: ParamMatcher = isShortId;
