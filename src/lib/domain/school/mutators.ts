import { isCardKeyNumber } from '../cards/card-key.ts';
import { mergeEdit, type Edit } from '../kernel/edit.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { CardKey, CardKeyPrivate } from '../cards/kinds.ts';
import type { School } from './kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import {
	invalidAccountField,
	isAccountAdministrator,
	laterAccountFields,
	type GivenAccount
} from '../accounts/account-rules.ts';
import { invalidSetting, laterSettings, type GivenSchool } from './settings.ts';

/** The first mutation of every school: the school itself, its first account, its card key. */
export interface CreateSchool {
	readonly school: GivenSchool;
	readonly account: GivenAccount;
	readonly cardKey: CardKey;
	readonly cardKeyPrivate: CardKeyPrivate;
}

export interface ChangeSettings {
	readonly edit: Edit<School>;
}

const createSchool: Mutator<CreateSchool> = {
	/** By the first account itself: there is nobody else yet. */
	may: (actor, { account }) => actor.role === 'administration' && actor.id === account.id,
	run(draft, { cardKey, cardKeyPrivate, ...given }) {
		const school = { ...laterSettings, ...given.school };
		const account = { ...laterAccountFields, ...given.account };
		for (const kind of ['school', 'account'] as const) {
			for (const { id } of draft.all(kind)) return { code: 'alreadyExists', kind, id };
		}
		const field = invalidSetting(school) ?? invalidAccountField(account) ?? invalidKeyField();
		if (field) return { code: 'invalidValue', field };
		if (!isAccountAdministrator(account)) return { code: 'lastAdministrator' };
		for (const record of [school, account, cardKey, cardKeyPrivate]) draft.put(record);
		return null;

		function invalidKeyField(): string | null {
			if (cardKey.id !== cardKeyPrivate.id) return 'cardKeyPrivate';
			return isCardKeyNumber(cardKey.number) ? null : 'cardKey';
		}
	}
};

const changeSettings: Mutator<ChangeSettings> = {
	may: administrationWith('settings'),
	run(draft, { edit }) {
		for (const school of draft.all('school')) {
			const merged = mergeEdit(school, edit);
			if (!merged.ok) return merged.refusal;
			const field = invalidSetting(merged.value);
			if (field) return { code: 'invalidValue', field };
			draft.put(merged.value);
			return null;
		}
		return noSchool;
	}
};

const noSchool: Refusal = { code: 'notFound', kind: 'school', id: '' };

export const schoolMutators = {
	'school.create@1': createSchool,
	'school.changeSettings@1': changeSettings
};
