import { choice, date, list, maybe, ref, text, truth } from '../kernel/field.ts';
import { kind, type Declared } from '../kernel/kind.ts';
import { numberSchemes, sexes } from '../kernel/numbers/national-number.ts';

const sex = choice(sexes);
const names = { givenName: text(), namePrefix: text(), familyName: text() };
const address = {
	street: text(),
	houseNumber: text(),
	postcode: text(),
	city: text(),
	phone: text(),
	email: text()
};

/** The part that every kind here shares: it is about a person, and goes with them. */
const ofPerson = {
	since: 3,
	keep: 'core',
	history: 'shown',
	idSpace: null,
	madeAgainAt: null,
	withdrawal: null,
	imported: true,
	retention: 'person',
	exported: true,
	removal: 'erase'
} as const;

export const people = {
	/** An administrative group (*administratieve groep*). */
	group: kind({
		...ofPerson,
		fields: { name: text() },
		scopes: ['group/{id}', 'school/staff'],
		seenBy: ['staff'],
		historyScopes: ['school/administration'],
		subject: 'id',
		partOf: [],
		indexes: { groupByName: { by: 'name', folded: true, unique: true } },
		retention: 'school',
		exported: false,
		removal: 'keep'
	}),

	/** Name and class: what everybody who knows the pupil may see. */
	pupil: kind({
		...ofPerson,
		fields: {
			/** *Stamnummer*: unique in the school, kept for life. */
			pupilNumber: text(),
			...names,
			groupId: maybe(ref('group'))
		},
		scopes: ['pupil/{id}/name', 'school/name'],
		seenBy: ['administration', 'teacher', 'guardian', 'pupil'],
		historyScopes: ['pupil/{subject}/name', 'school/name'],
		subject: 'id',
		partOf: [],
		indexes: {
			pupilByNumber: { by: 'pupilNumber', unique: true },
			pupilByGroup: { by: 'groupId' }
		}
	}),

	/** Birth date and sex as the administration package gives them; id of the pupil. */
	pupilIdentity: kind({
		...ofPerson,
		fields: { birthDate: maybe(date()), sex: maybe(sex) },
		scopes: ['pupil/{id}/identity', 'school/identity'],
		seenBy: ['administration', 'teacher', 'guardian', 'pupil'],
		historyScopes: ['pupil/{subject}/identity', 'school/identity'],
		subject: 'id',
		partOf: ['pupil'],
		indexes: {}
	}),

	/** *Officiële gegevens*: only from columns mapped as official, with a valid number; id of the pupil. */
	pupilOfficial: kind({
		...ofPerson,
		fields: {
			givenName: text(),
			familyName: text(),
			sex: maybe(sex),
			birthDate: maybe(date())
		},
		scopes: ['pupil/{id}/number', 'school/number'],
		seenBy: ['administration'],
		historyScopes: ['pupil/{subject}/number', 'school/number'],
		subject: 'id',
		partOf: ['pupil', 'nationalNumber'],
		indexes: {}
	}),

	/** A valid national number; id of the pupil. In no list, print or log (facts, *Personal numbers*). */
	nationalNumber: kind({
		...ofPerson,
		fields: { scheme: choice(numberSchemes), value: text({ shown: 'changed' }) },
		scopes: ['pupil/{id}/number', 'school/number'],
		seenBy: ['administration'],
		historyScopes: ['pupil/{subject}/number', 'school/number'],
		subject: 'id',
		partOf: ['pupil'],
		indexes: {}
	}),

	/** Address and contact of a pupil; id of the pupil. */
	pupilContact: kind({
		...ofPerson,
		fields: address,
		scopes: ['pupil/{id}/contact', 'school/contact'],
		seenBy: ['administration', 'teacher', 'guardianShownAddress', 'pupil'],
		historyScopes: ['pupil/{subject}/contact', 'school/contact'],
		subject: 'id',
		partOf: ['pupil'],
		indexes: {}
	}),

	/** A pupil at the school, from … to … (both days included). */
	enrolment: kind({
		...ofPerson,
		fields: {
			pupilId: ref('pupil'),
			from: date(),
			to: date(),
			/** Where `to` comes from: the file, the end of the school year, or having left. */
			endReason: choice(['file', 'schoolYear', 'left'])
		},
		scopes: ['pupil/{pupilId}/name', 'school/name'],
		seenBy: ['administration', 'teacher', 'guardian', 'pupil'],
		historyScopes: ['pupil/{subject}/name', 'school/name'],
		subject: 'pupilId',
		partOf: [],
		indexes: { enrolmentByPupil: { by: 'pupilId' } }
	}),

	guardian: kind({
		...ofPerson,
		fields: { givenName: text(), initials: text(), namePrefix: text(), familyName: text() },
		scopes: ['guardian/{id}', 'school/contact'],
		seenBy: ['administration'],
		historyScopes: ['guardian/{subject}', 'school/contact'],
		subject: 'id',
		partOf: [],
		indexes: {}
	}),

	/** Address and contact of a guardian; id of the guardian. */
	guardianContact: kind({
		...ofPerson,
		fields: address,
		scopes: ['guardian/{id}', 'school/contact'],
		seenBy: ['administration'],
		historyScopes: ['guardian/{subject}', 'school/contact'],
		subject: 'id',
		partOf: ['guardian'],
		indexes: {}
	}),

	/** Links a guardian and a pupil. */
	guardianship: kind({
		...ofPerson,
		fields: {
			guardianId: ref('guardian'),
			pupilId: ref('pupil'),
			/** As the file names it: *moeder*, *voogd* … */
			relation: text(),
			/** null: the file did not say. */
			authority: maybe(truth()),
			receivesMail: truth(),
			addressVisible: truth()
		},
		// Not the pupil's: one parent may not read what the school knows of the other.
		scopes: ['guardian/{guardianId}', 'school/contact'],
		seenBy: ['administration'],
		historyScopes: ['school/contact'],
		subject: 'pupilId',
		partOf: [],
		indexes: {
			guardianshipByPupil: { by: 'pupilId' },
			guardianshipByGuardian: { by: 'guardianId' }
		}
	}),

	/** A member of staff as the administration package knows them. */
	staff: kind({
		...ofPerson,
		fields: {
			staffNumber: text(),
			...names,
			email: text(),
			/** As the file names it: *leerkracht*, *IB* … */
			job: text(),
			groupIds: list(ref('group'))
		},
		scopes: ['school/staff'],
		seenBy: ['staff'],
		historyScopes: ['school/administration'],
		subject: 'id',
		partOf: [],
		indexes: {}
	})
} as const;

export type Group = Declared<'group', typeof people.group>;
export type Pupil = Declared<'pupil', typeof people.pupil>;
export type PupilIdentity = Declared<'pupilIdentity', typeof people.pupilIdentity>;
export type PupilOfficial = Declared<'pupilOfficial', typeof people.pupilOfficial>;
export type NationalNumber = Declared<'nationalNumber', typeof people.nationalNumber>;
export type PupilContact = Declared<'pupilContact', typeof people.pupilContact>;
export type Address = Omit<PupilContact, 'kind' | 'id'>;
export type Enrolment = Declared<'enrolment', typeof people.enrolment>;
export type Guardian = Declared<'guardian', typeof people.guardian>;
export type GuardianContact = Declared<'guardianContact', typeof people.guardianContact>;
export type Guardianship = Declared<'guardianship', typeof people.guardianship>;
export type Staff = Declared<'staff', typeof people.staff>;
