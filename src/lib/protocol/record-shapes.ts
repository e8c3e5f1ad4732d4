import * as v from 'valibot';
import type { Records } from '#lib/domain/registry/records.ts';
import { count, id, instant, isoDate } from './shapes.ts';

/**
 * The records that a mutation may bring whole, strictly: a field that the rules do not know would be
 * kept and sent on. The rules themselves are the domain's; this says what is text and what a number.
 */

const text = v.string();
const sex = v.nullable(v.picklist(['M', 'V', 'X']));
const address = {
	street: text,
	houseNumber: text,
	postcode: text,
	city: text,
	phone: text,
	email: text
};

export const school = v.strictObject({
	kind: v.literal('school'),
	id,
	name: text,
	number: text,
	country: v.picklist(['NL', 'BE']),
	loginBase: text,
	imagePasswordLength: v.number(),
	imagePasswordChoices: v.number(),
	lockAfterMinutes: v.number(),
	schoolYearEnd: text,
	failuresBeforeBlock: v.number(),
	offlineHours: v.number(),
	resetMinutes: v.number(),
	applicationManagerName: text,
	applicationManagerAddress: text
});

/** A school as an older app still makes it. */
export const givenSchool = v.strictObject({
	...school.entries,
	failuresBeforeBlock: v.optional(v.number()),
	offlineHours: v.optional(v.number()),
	resetMinutes: v.optional(v.number()),
	applicationManagerName: v.optional(text),
	applicationManagerAddress: v.optional(text)
});

export const account = v.strictObject({
	kind: v.literal('account'),
	id,
	userName: text,
	displayName: text,
	role: v.picklist(['administration', 'teacher', 'scheduler', 'guardian']),
	rights: v.array(v.picklist(['accounts', 'cards', 'import', 'leerId', 'settings'])),
	guardianId: v.nullable(id),
	groupIds: v.array(id),
	email: v.nullable(text),
	secretId: v.nullable(id),
	issuedAt: v.nullable(instant),
	archivedAt: v.nullable(instant)
});

/** An account as an older app still makes it. */
export const givenAccount = v.strictObject({
	...account.entries,
	guardianId: v.optional(v.nullable(id)),
	groupIds: v.optional(v.array(id)),
	email: v.optional(v.nullable(text)),
	secretId: v.optional(v.nullable(id)),
	issuedAt: v.optional(v.nullable(instant))
});

export const cardKey = v.strictObject({
	kind: v.literal('cardKey'),
	id,
	number: count,
	publicKey: text,
	retiredAt: v.nullable(instant)
});

export const cardKeyPrivate = v.strictObject({
	kind: v.literal('cardKeyPrivate'),
	id,
	privateKey: text
});

export const importRun = v.strictObject({
	kind: v.literal('importRun'),
	id,
	madeAt: instant,
	actorId: id,
	fileName: text,
	format: text,
	whole: v.boolean(),
	added: count,
	changed: count,
	left: count,
	skipped: count,
	undoneAt: v.nullable(instant)
});

/** The kinds that a file can bring (`importedKinds` in the domain). */
export const imported = {
	group: v.strictObject({ kind: v.literal('group'), id, name: text }),
	pupil: v.strictObject({
		kind: v.literal('pupil'),
		id,
		pupilNumber: text,
		givenName: text,
		namePrefix: text,
		familyName: text,
		groupId: v.nullable(id)
	}),
	pupilIdentity: v.strictObject({
		kind: v.literal('pupilIdentity'),
		id,
		birthDate: v.nullable(isoDate),
		sex
	}),
	pupilOfficial: v.strictObject({
		kind: v.literal('pupilOfficial'),
		id,
		givenName: text,
		familyName: text,
		sex,
		birthDate: v.nullable(isoDate)
	}),
	nationalNumber: v.strictObject({
		kind: v.literal('nationalNumber'),
		id,
		scheme: v.picklist(['rijksregister', 'bis', 'bsn', 'onderwijsnummer']),
		value: text
	}),
	pupilContact: v.strictObject({ kind: v.literal('pupilContact'), id, ...address }),
	enrolment: v.strictObject({
		kind: v.literal('enrolment'),
		id,
		pupilId: id,
		from: isoDate,
		to: isoDate,
		endReason: v.picklist(['file', 'schoolYear', 'left'])
	}),
	guardian: v.strictObject({
		kind: v.literal('guardian'),
		id,
		givenName: text,
		initials: text,
		namePrefix: text,
		familyName: text
	}),
	guardianContact: v.strictObject({ kind: v.literal('guardianContact'), id, ...address }),
	guardianship: v.strictObject({
		kind: v.literal('guardianship'),
		id,
		guardianId: id,
		pupilId: id,
		relation: text,
		authority: v.nullable(v.boolean()),
		receivesMail: v.boolean(),
		addressVisible: v.boolean()
	}),
	staff: v.strictObject({
		kind: v.literal('staff'),
		id,
		staffNumber: text,
		givenName: text,
		namePrefix: text,
		familyName: text,
		email: text,
		job: text,
		groupIds: v.array(id)
	}),
	importBase: v.strictObject({
		kind: v.literal('importBase'),
		id,
		subject: v.picklist(['pupil', 'guardian', 'staff']),
		sourceKey: text,
		values: v.record(v.string(), text)
	})
} satisfies { readonly [K in keyof Records]?: v.GenericSchema<unknown, Records[K]> };
