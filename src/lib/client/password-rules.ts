import { minStaffPasswordLength, weakStaffPassword } from '#lib/domain/school/staff-password.ts';
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
