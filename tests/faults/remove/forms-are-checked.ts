/** Loaded into a server by a test: takes away that whatever a form holds is expected. Whoever reads a NUL stumbles. */
const { get, [Symbol.iterator]: each } = FormData.prototype;

function stumble(value: FormDataEntryValue | null) {
	if (typeof value === 'string' && value.includes('\u0000')) throw new TypeError('Nobody expected this');
}

FormData.prototype.get = function (name: string) {
	const value = get.call(this, name);
	stumble(value);
	return value;
};

FormData.prototype[Symbol.iterator] = function () {
	const pairs = [...each.call(this)];
	for (const [, value] of pairs) stumble(value);
	return pairs.values() as FormDataIterator<[string, FormDataEntryValue]>;
};
