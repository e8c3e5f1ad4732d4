import { accountUserNameBase } from '#lib/domain/credentials/user-name.ts';

/** The user name that follows from a name as a person writes it: `Jan van der Berg` → `jvanderberg` (product.md 2). */
export function suggestUserName(name: string): string {
	const [given = '', ...rest] = name.trim().split(/\s+/);
	if (given === '') return '';
	const initials = rest.length > 0 ? given.slice(0, 1) : '';
	const familyName = rest.length > 0 ? rest.join('') : given;
	return accountUserNameBase({ initials, namePrefix: '', familyName }, 'beheer');
}
