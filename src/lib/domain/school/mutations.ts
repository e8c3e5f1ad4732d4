import { edit, given, record } from '../kernel/args.ts';
import { accounts } from '../accounts/kinds.ts';
import { passwordNamedBy } from '../credentials/named-secret.ts';
import { isCardKeyNumber } from '../cards/card-key.ts';
import { mergeEdit } from '../kernel/edit.ts';
import { mutation } from '../registry/mutation.ts';
import { cards } from '../cards/kinds.ts';
import { schools } from './kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import {
	invalidAccountField,
	isAccountAdministrator,
	laterAccountFields
} from '../accounts/account-rules.ts';
import { invalidSetting, laterSettings } from './settings.ts';

export const schoolMutations = {
	/** The first mutation of every school: the school itself, its first account, its card key. */
	'school.create@1': mutation({
		args: {
			school: given('school', schools.school),
			account: given('account', accounts.account),
			cardKey: record('cardKey', cards.cardKey),
			cardKeyPrivate: record('cardKeyPrivate', cards.cardKeyPrivate)
		},
		/** By the first account itself: there is nobody else yet. */
		may: (actor, { account }) => actor.role === 'administration' && actor.id === account.id,
		about: null,
		topic: 'settings',
		part: 'deed',
		undo: null,
		ends: null,
		secret: ({ account }) => passwordNamedBy(account),
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
	}),

	'school.changeSettings@1': mutation({
		args: { edit: edit('school', schools.school) },
		may: administrationWith('settings'),
		about: null,
		topic: 'settings',
		part: 'deed',
		undo: { by: ['settings'], within: null },
		ends: null,
		secret: null,
		run(draft, { edit }) {
			for (const school of draft.all('school')) {
				const merged = mergeEdit(school, edit, schools.school);
				if (!merged.ok) return merged.refusal;
				const field = invalidSetting(merged.value);
				if (field) return { code: 'invalidValue', field };
				draft.put(merged.value);
				return null;
			}
			return noSchool;
		}
	})
};

const noSchool: Refusal = { code: 'notFound', kind: 'school', id: '' };
