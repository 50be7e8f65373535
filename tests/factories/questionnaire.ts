import { filledOut } from '../../src/lib/domain/survey/editing.ts';
import { SIPAS5 } from '../../src/lib/domain/survey/sipas5.ts';

const { id: _, ...sipas5 } = SIPAS5;

/** What a draft copied from the short form holds. */
export const A_QUESTIONNAIRE = filledOut(sipas5);
