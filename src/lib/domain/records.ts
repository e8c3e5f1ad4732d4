import type { CardReceipt, HandOut } from './cards/hand-out-records.ts';
import type { GuardianAccess, SignInBlock, SignInReport } from './accounts/records.ts';
import type { CardKey, CardKeyPrivate } from './cards/records.ts';
import type { ImportBase } from './import/records.ts';

/**
 * Every kind of record of a school. A record is plain JSON, is found by its kind and id, and is
 * replaced whole. Sensitive fields are records of their own (`pupilContact`, `nationalNumber`, …)
 * under the id of the person they belong to, so that visibility is per record and never per column.
 */

/** 128 random bits in base64url, 22 characters. */
export type Id = string;
/** A calendar date, `2026-11-21`. */
export type IsoDate = string;
/** A moment in UTC, `2026-11-21T13:02:11.123Z`. Sorts as text. */
export type Instant = string;

export interface Base<K extends string> {
	readonly kind: K;
	readonly id: Id;
}

export type Country = 'NL' | 'BE';

/** The school and its settings. There is one; its id goes into the QR of every card. */
export interface School extends Base<'school'> {
	readonly name: string;
	/** BRIN (NL) or instellingsnummer (VL). */
	readonly number: string;
	readonly country: Country;
	/** Printed on cards before the user name: `https://mijn.leerid.be/`. */
	readonly loginBase: string;
	/** How many pictures an image password has, out of how many that a pupil chooses from. */
	readonly imagePasswordLength: number;
	readonly imagePasswordChoices: number;
	/** Minutes without use after which the app locks itself. */
	readonly lockAfterMinutes: number;
	/** Month and day on which an enrolment without an end date ends: `08-31` (VL), `07-31` (NL). */
	readonly schoolYearEnd: string;
	/** Wrong passwords in a row after which an account is blocked. */
	readonly failuresBeforeBlock: number;
	/** For how long staff can work on a device without the endpoint having seen them. */
	readonly offlineHours: number;
	/** For how long the link of *Wachtwoord wijzigen* works. */
	readonly resetMinutes: number;
	/** Whom to ask where no mail comes (product.md 9): a name, and an e-mail address or a room. */
	readonly applicationManagerName: string;
	readonly applicationManagerAddress: string;
}

/** An administrative group (*administratieve groep*). */
export interface Group extends Base<'group'> {
	readonly name: string;
}

/** Name and class: what everybody who knows the pupil may see. */
export interface Pupil extends Base<'pupil'> {
	/** *Stamnummer*: unique in the school, kept for life. */
	readonly pupilNumber: string;
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
	readonly groupId: Id | null;
}

export type Sex = 'M' | 'V' | 'X';

/** Birth date and sex as the administration package gives them; id of the pupil. */
export interface PupilIdentity extends Base<'pupilIdentity'> {
	readonly birthDate: IsoDate | null;
	readonly sex: Sex | null;
}

/** *Officiële gegevens*: only from columns mapped as official, with a valid number; id of the pupil. */
export interface PupilOfficial extends Base<'pupilOfficial'> {
	readonly givenName: string;
	readonly familyName: string;
	readonly sex: Sex | null;
	readonly birthDate: IsoDate | null;
}

export type NumberScheme = 'rijksregister' | 'bis' | 'bsn' | 'onderwijsnummer';

/** A valid national number; id of the pupil. In no list, print or log (facts, *Personal numbers*). */
export interface NationalNumber extends Base<'nationalNumber'> {
	readonly scheme: NumberScheme;
	readonly value: string;
}

export interface Address {
	readonly street: string;
	readonly houseNumber: string;
	readonly postcode: string;
	readonly city: string;
	readonly phone: string;
	readonly email: string;
}

/** Address and contact of a pupil; id of the pupil. */
export interface PupilContact extends Base<'pupilContact'>, Address {}

/** A pupil at the school, from … to … (both days included). */
export interface Enrolment extends Base<'enrolment'> {
	readonly pupilId: Id;
	readonly from: IsoDate;
	readonly to: IsoDate;
	/** Where `to` comes from: the file, the end of the school year, or having left. */
	readonly endReason: 'file' | 'schoolYear' | 'left';
}

export interface Guardian extends Base<'guardian'> {
	readonly givenName: string;
	readonly initials: string;
	readonly namePrefix: string;
	readonly familyName: string;
}

/** Address and contact of a guardian; id of the guardian. */
export interface GuardianContact extends Base<'guardianContact'>, Address {}

/** Links a guardian and a pupil. `authority` null: the file did not say. */
export interface Guardianship extends Base<'guardianship'> {
	readonly guardianId: Id;
	readonly pupilId: Id;
	/** As the file names it: *moeder*, *voogd* … */
	readonly relation: string;
	readonly authority: boolean | null;
	readonly receivesMail: boolean;
	readonly addressVisible: boolean;
}

/** A member of staff as the administration package knows them. */
export interface Staff extends Base<'staff'> {
	readonly staffNumber: string;
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
	readonly email: string;
	/** As the file names it: *leerkracht*, *IB* … */
	readonly job: string;
	readonly groupIds: readonly Id[];
}

export type Role = 'administration' | 'teacher' | 'scheduler';
/** LeerID-beheerder: `leerId`, `cards`; applicatiebeheerder: `accounts`, `settings`. */
export type Right = 'accounts' | 'cards' | 'import' | 'leerId' | 'settings';

/**
 * The sign-in of a member of staff or of a guardian; a pupil's is their LeerID. In a school without
 * an endpoint the password exists only as a wrap in the vault.
 */
export interface Account extends Base<'account'> {
	readonly userName: string;
	/** Of a guardian as it was when the account was made: their record has the name of today. */
	readonly displayName: string;
	readonly role: Role | 'guardian';
	readonly rights: readonly Right[];
	/** Whose account it is; null: of staff. */
	readonly guardianId: Id | null;
	/** The groups whose pupils a teacher sees. */
	readonly groupIds: readonly Id[];
	/** Signs in as the user name does, and gets the mail of a forgotten password. null: none known. */
	readonly email: string | null;
	/** Names the secret that holds the password; null: the endpoint was never given one. */
	readonly secretId: Id | null;
	/** When the school issued that password; null: it is their own. */
	readonly issuedAt: Instant | null;
	readonly archivedAt: Instant | null;
}

export type LeerIdType = 'basic' | 'advanced';
/** `own`: chosen by the pupil, known to nobody else. */
export type PasswordKind = 'word' | 'image' | 'temporary' | 'own';

/** A pupil's credential. Whether it is active follows from the enrolment, and is stored nowhere. */
export interface LeerId extends Base<'leerId'> {
	readonly pupilId: Id;
	readonly type: LeerIdType;
	readonly userName: string;
	readonly passwordKind: PasswordKind;
	/**
	 * Names the secret that holds the password; a new password is a new id. null: its card was revoked,
	 * and no password works until a new one is issued.
	 */
	readonly secretId: Id | null;
	/** Linked by the pupil; null: the school manages the password. */
	readonly email: string | null;
	/** *Moet nieuw wachtwoord kiezen bij eerste aanmelding*. */
	readonly mustChange: boolean;
	readonly createdAt: Instant;
	readonly lastSignInAt: Instant | null;
}

/** A printed card. The newest issue of a LeerID is `current`; what became of the others is kept. */
export interface CredentialCard extends Base<'credentialCard'> {
	readonly pupilId: Id;
	readonly leerIdId: Id;
	readonly issue: number;
	readonly secretId: Id;
	readonly printRunId: Id;
	readonly state: 'current' | 'replaced' | 'revoked';
	readonly madeAt: Instant;
	readonly endedAt: Instant | null;
}

/** One *Bewaren en afdrukken*. */
export interface PrintRun extends Base<'printRun'> {
	readonly madeAt: Instant;
	readonly actorId: Id;
	/** What the selection was called: a group's name, a pupil's name, `12 leerlingen`. */
	readonly title: string;
	readonly cardCount: number;
	/** When the zip had been handed to the browser; null: perhaps nobody has seen these passwords. */
	readonly savedAt: Instant | null;
}

/** One import, for its report and for undoing it. */
export interface ImportRun extends Base<'importRun'> {
	readonly madeAt: Instant;
	readonly actorId: Id;
	readonly fileName: string;
	readonly format: string;
	readonly whole: boolean;
	readonly added: number;
	readonly changed: number;
	readonly left: number;
	readonly skipped: number;
	readonly undoneAt: Instant | null;
}

/** Who, when, what, from what to what. One per mutation and set of scopes; undo reads it. */
export interface History extends Base<'history'> {
	/** The mutation's. */
	readonly uid: Id;
	readonly batch: Id | null;
	readonly mutation: string;
	readonly actorId: Id;
	readonly madeAt: Instant;
	/** The uid that this mutation undid. */
	readonly undoes: Id | null;
	/** The person or thing whose history page shows this: a pupil's id for all of a pupil's records. */
	readonly subjectId: Id;
	readonly changes: readonly RecordChange[];
}

export type RecordChange =
	| { readonly op: 'add'; readonly kind: Kind; readonly id: Id }
	| {
			readonly op: 'edit';
			readonly kind: Kind;
			readonly id: Id;
			/** Field → [from, to]. */
			readonly fields: Readonly<Record<string, readonly [Json, Json]>>;
	  }
	| { readonly op: 'remove'; readonly kind: Kind; readonly id: Id; readonly before: AnyRecord };

export type Json =
	null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Records {
	readonly school: School;
	readonly group: Group;
	readonly pupil: Pupil;
	readonly pupilIdentity: PupilIdentity;
	readonly pupilOfficial: PupilOfficial;
	readonly nationalNumber: NationalNumber;
	readonly pupilContact: PupilContact;
	readonly enrolment: Enrolment;
	readonly guardian: Guardian;
	readonly guardianContact: GuardianContact;
	readonly guardianship: Guardianship;
	readonly staff: Staff;
	readonly account: Account;
	readonly signInBlock: SignInBlock;
	readonly signInReport: SignInReport;
	readonly guardianAccess: GuardianAccess;
	readonly leerId: LeerId;
	readonly credentialCard: CredentialCard;
	readonly cardReceipt: CardReceipt;
	readonly handOut: HandOut;
	readonly printRun: PrintRun;
	readonly cardKey: CardKey;
	readonly cardKeyPrivate: CardKeyPrivate;
	readonly importRun: ImportRun;
	readonly importBase: ImportBase;
	readonly history: History;
}

export type Kind = keyof Records;
export type AnyRecord = Records[Kind];

export interface RecordKey {
	readonly kind: Kind;
	readonly id: Id;
}
