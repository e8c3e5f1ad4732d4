import * as v from 'valibot';
import type { Secret, Secrets } from '#lib/domain/credentials/secret.ts';
import { id } from './shapes.ts';

export const secret: v.GenericSchema<unknown, Secret> = v.variant('kind', [
	v.strictObject({
		kind: v.picklist(['word', 'temporary']),
		text: v.pipe(v.string(), v.minLength(1), v.maxLength(200))
	}),
	v.strictObject({
		kind: v.literal('image'),
		pictures: v.pipe(
			v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/))),
			v.minLength(1),
			v.maxLength(20)
		)
	})
]);

/** Passwords and codes beside a mutation, by the id that a record names them with. */
export const secrets: v.GenericSchema<unknown, Secrets> = v.record(id, secret);
