import * as v from 'valibot';
import { isPlainJson } from './plain-json.ts';

/** Returns what arrived, as its shape; null where it is something else. Never throws. */
export function parse<T>(shape: v.GenericSchema<unknown, T>, value: unknown): T | null {
	if (!isPlainJson(value)) return null;
	const parsed = v.safeParse(shape, value, { abortEarly: true });
	return parsed.success ? parsed.output : null;
}
