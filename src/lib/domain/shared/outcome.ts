/** What a step that may be refused gives back. Expected refusals are values; only the unexpected is thrown. */
export type Outcome<Value, Reason extends string> = { ok: true; value: Value } | { ok: false; reason: Reason };
