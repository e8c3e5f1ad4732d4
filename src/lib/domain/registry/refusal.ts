import type { EditRefusal } from '../kernel/edit.ts';
import type { Id } from '../kernel/ids.ts';
import type { Kind } from './kinds.ts';

/** Every expected "no". i18n has a sentence for each code, by type. */
export type Refusal =
	| { readonly code: 'notAllowed' }
	| { readonly code: 'notFound'; readonly kind: Kind; readonly id: Id }
	| { readonly code: 'alreadyExists'; readonly kind: Kind; readonly id: Id }
	| EditRefusal<Kind>
	| { readonly code: 'userNameTaken'; readonly userName: string }
	| { readonly code: 'pupilNumberTaken'; readonly pupilNumber: string }
	/** An import that would make a known person somebody else, of which nobody decided that. */
	| { readonly code: 'anotherPerson'; readonly kind: Kind; readonly id: Id }
	| { readonly code: 'passwordIsPupilsOwn' }
	/** The server did not take the new password that came along. */
	| { readonly code: 'passwordNotAccepted' }
	/** Nobody answered a confirmation mail to that address. */
	| { readonly code: 'emailNotConfirmed' }
	| { readonly code: 'accountArchived' }
	/** The pupil is under 18, and their guardians see what they see. */
	| { readonly code: 'notOfAge' }
	| { readonly code: 'notEnrolled' }
	/** A card that was replaced or revoked cannot be handed out, nor revoked again. */
	| { readonly code: 'cardNotCurrent' }
	/** Undo: the record was changed again since. */
	| { readonly code: 'overtaken' }
	/** Undo: the time for it has passed. */
	| { readonly code: 'tooLate' }
	| { readonly code: 'lastAdministrator' }
	| { readonly code: 'mutationTooLarge' }
	/** A fault of the app or the server, over this mutation alone; or nobody knows any more why. */
	| { readonly code: 'failed' };

export type RefusalCode = Refusal['code'];
