import {
	minOwnPasswordLength,
	minStaffPasswordLength,
	weakOwnPassword,
	weakStaffPassword
} from '#lib/domain/school/staff-password.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export interface PasswordRule {
	readonly text: string;
	readonly met: boolean;
}

/**
 * The rules of a staff password, as shown while it is typed.
 * @param personal names that it may not be made of: the school's, the person's, the user name
 */
export function passwordRules(password: string, personal: readonly string[]): PasswordRule[] {
	const weak = weakStaffPassword(password, personal);
	const longEnough = password !== '' && weak !== 'tooShort';
	return [
		{ text: m.start_rule_length({ count: minStaffPasswordLength }), met: longEnough },
		{ text: m.start_rule_common(), met: longEnough && weak !== 'common' && weak !== 'repetitive' },
		{ text: m.start_rule_personal(), met: longEnough && weak !== 'personal' },
		...(weak === 'tooLong' ? [{ text: m.start_rule_too_long(), met: false }] : [])
	];
}

/** The same for the password of a guardian or a pupil (product.md 13). */
export function ownPasswordRules(password: string, personal: readonly string[]): PasswordRule[] {
	const weak = weakOwnPassword(password, personal);
	// Of what follows is only known whether it is met once there are enough signs of every kind.
	const whole = weak !== 'noCapital' && weak !== 'noDigit' && weak !== 'tooShort';
	const longEnough = [...password].length >= minOwnPasswordLength;
	return [
		{ text: m.start_rule_length({ count: minOwnPasswordLength }), met: longEnough },
		{ text: m.access_rule_capital(), met: /\p{Lu}/u.test(password) },
		{ text: m.access_rule_digit(), met: /\p{Nd}/u.test(password) },
		{ text: m.start_rule_common(), met: whole && weak !== 'common' && weak !== 'repetitive' },
		{ text: m.access_rule_personal(), met: whole && weak !== 'personal' },
		...(weak === 'tooLong' ? [{ text: m.start_rule_too_long(), met: false }] : [])
	];
}
