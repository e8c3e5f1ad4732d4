import { describe, expect, test, vi } from 'vitest';
import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import type { Action } from '#lib/client/form/action.svelte.ts';
import type { Conflict, Keep } from '#lib/client/form/conflict.svelte.ts';
import { testSession } from '#lib/client/session/test-session.ts';
import { bring, familySchool, guardianAccount } from '#lib/domain/accounts/test-family.ts';
import { ok } from '#lib/domain/kernel/result.ts';
import {
	allMutations,
	declaredMutation,
	type MutationName
} from '#lib/domain/registry/mutations.ts';
import {
	firstAccount,
	pupilActor,
	school as schoolRecord,
	TestSchool
} from '#lib/domain/testing/test-school.ts';
import { AccountEdit } from './accounts/account-edit.svelte.ts';
import { SignInEdit } from './accounts/guardians/sign-in-edit.svelte.ts';
import { AccessDecision } from './leer-id/access-decision.svelte.ts';
import { Adjustment } from './leer-id/adjustment.svelte.ts';
import { SettingsForm } from './school/settings-form.svelte.ts';

vi.mock('#lib/client/cards/print-run.ts', () => ({
	printRun: () => Promise.resolve(ok({ cards: 1 }))
}));

/** A form in which something is typed, and a colleague who is first. */
interface Open {
	readonly form: { readonly action: Action; readonly conflict: Conflict; save(): unknown };
	/** An edit by somebody else; another value each time. */
	readonly meanwhile: () => void;
	/** Returns the value that is kept now. */
	readonly holds: () => unknown;
	/** The value that is kept once mine stands. */
	readonly mine: unknown;
}

const fine = (refusal: unknown) => expect(refusal).toBeNull();

/** Every form that edits what is there, by the mutation that it makes. */
const forms: Partial<Record<MutationName, Readonly<Record<string, () => Open>>>> = {
	'school.changeSettings@1': {
		settings: () => {
			const { session, school } = testSession();
			const form = new SettingsForm(session);
			form.set('name', ' Mijn naam ');
			const name = () => session.school?.name ?? '';
			const meanwhile = () =>
				fine(school.make('school.changeSettings@1', { edit: { name: [name(), `Hun ${name()}`] } }));
			return { form, meanwhile, holds: name, mine: 'Mijn naam' };
		}
	},
	'account.edit@1': {
		'of a colleague': () => {
			const { session, school } = testSession();
			const accountId = firstAccount.id;
			const form = new AccountEdit(session, accountId);
			form.displayName = 'Mijn naam';
			const name = () => school.state.get('account', accountId)?.displayName ?? '';
			const edit = () => ({ displayName: [name(), `Hun ${name()}`] as const });
			const meanwhile = () => fine(school.make('account.edit@1', { accountId, edit: edit() }));
			return { form, meanwhile, holds: name, mine: 'Mijn naam' };
		},
		'of a guardian': () => {
			const school = familySchool();
			fine(school.make('account.create@1', { account: guardianAccount('father') }));
			const { session } = testSession(school);
			const accountId = 'account-father';
			const form = new SignInEdit(session, accountId);
			form.userName = 'mijn.naam';
			const name = () => school.state.get('account', accountId)?.userName ?? '';
			const edit = () => ({ userName: [name(), `hun.${name()}`] as const });
			const meanwhile = () => fine(school.make('account.edit@1', { accountId, edit: edit() }));
			return { form, meanwhile, holds: name, mine: 'mijn.naam' };
		}
	},
	'leerId.adjust@1': {
		'user name and password': () => {
			const { form, adjust, leerId } = adjusted();
			form.userName = 'mijn.naam';
			const meanwhile = () => adjust(`hun.${leerId()?.userName ?? ''}`);
			return { form, meanwhile, holds: () => leerId()?.userName, mine: 'mijn.naam' };
		},
		'a password alone': () => {
			const { form, adjust, leerId } = adjusted();
			form.generate();
			const mine = form.password?.secretId;
			const meanwhile = () => adjust(leerId()?.userName ?? '');
			return { form, meanwhile, holds: () => leerId()?.secretId, mine };
		}
	},
	'guardianAccess.record@1': {
		consent: () => {
			const school = new TestSchool('p');
			bring(school, { kind: 'pupilIdentity', id: 'p', birthDate: '2008-01-01', sex: 'V' });
			school.withLeerId('p', 'advanced');
			const { session } = testSession(school);
			const pupil = school.state.get('pupil', 'p');
			if (!pupil) throw new Error('no pupil');
			const form = new AccessDecision(session, pupil);
			form.consent = 'Gezegd aan de balie';
			const access = () => school.state.get('guardianAccess', 'p');
			const choice = () => ({ pupilId: 'p', allowed: !(access()?.allowed ?? true) });
			const meanwhile = () =>
				fine(school.make('guardianAccess.choose@1', choice(), { actor: pupilActor('leerId-p') }));
			return { form, meanwhile, holds: () => access()?.consent, mine: 'Gezegd aan de balie' };
		}
	}
};

/** A pupil's LeerID in the dialog, and how a colleague adjusts it. */
function adjusted() {
	const school = new TestSchool('p');
	school.withLeerId('p');
	const { session } = testSession(school);
	const leerId = () => school.state.get('leerId', 'leerId-p');
	const [pupil, opened] = [school.state.get('pupil', 'p'), leerId()];
	if (!pupil || !opened) throw new Error('no LeerID');
	const form = new Adjustment(session, {} as PaperPrinter, { pupil, leerId: opened });
	let issue = 1;
	const adjust = (userName: string) => {
		const now = leerId();
		const args = { ...school.renewal('p', ++issue), fromSecretId: now?.secretId ?? null };
		const names = [now?.userName ?? '', userName] as const;
		fine(school.make('leerId.adjust@1', { ...args, userName: names, passwordKind: 'word' }));
	};
	return { school, form, adjust, leerId, session };
}

/**
 * The mutations that name what they were made over, and have no form in which something typed could
 * be lost.
 */
const withoutForm: Partial<Record<MutationName, string>> = {
	'leerId.renew@1': 'made of what is there when the button is pressed',
	'account.renew@1': 'made of what is there when the button is pressed',
	'account.reopen@1': 'made of what is there when the button is pressed',
	'cardKey.rotate@1': 'made of what is there when the button is pressed',
	'card.takeBack@1': 'made of what is there when the button is pressed',
	'leerId.choosePassword@1': 'asked of the server, which alone makes it',
	'leerId.linkEmail@1': 'made by the server when a mail is answered',
	'account.choosePassword@1': 'asked of the server, which alone makes it',
	'account.changeEmail@1': 'made by the server when a mail is answered'
};

test('whatever can be refused for a change meanwhile has a form that settles it, or says why not', () => {
	const argsOf = (name: MutationName) => Object.entries(declaredMutation(name).args);
	const namesWhatItSaw = allMutations.filter((name) =>
		argsOf(name).some(
			([arg, { is }]) => is === 'edit' || is === 'fromTo' || /^(?:from[A-Z]|seen$)/.test(arg)
		)
	);
	const told = [...Object.keys(forms), ...Object.keys(withoutForm)];
	expect(told.toSorted()).toEqual(namesWhatItSaw.toSorted());
	const edits = allMutations.filter((name) => argsOf(name).some(([, { is }]) => is === 'edit'));
	expect(edits.length).toBeGreaterThan(1);
	for (const name of edits) expect(forms, name).toHaveProperty([name]);
});

const cases = Object.entries(forms).flatMap(([name, byForm]) =>
	Object.entries(byForm).map(([form, open]) => [`${name}: ${form}`, open] as const)
);

describe.each(cases)('%s', (_, open) => {
	/** Saves, which somebody else has just prevented. */
	async function refused({ form, holds }: Open): Promise<void> {
		const before = holds();
		await form.save();
		expect(holds()).toBe(before);
		expect(form.action.problem).toBeNull();
		expect(form.action.busy).toBe(false);
		expect(form.conflict.fields.length).toBeGreaterThan(0);
	}

	function settle({ conflict }: Open['form'], keep: Keep): void {
		while (conflict.fields[0]) conflict.settle(conflict.fields[0].field, keep);
		expect(conflict.standing).toBe(true);
	}

	test('mine is saved over theirs, by the button of the form', async () => {
		const opened = open();
		opened.meanwhile();
		await refused(opened);
		settle(opened.form, 'mine');
		expect(opened.holds()).not.toBe(opened.mine);
		expect(opened.form.conflict.wantsMore).toBe(true);
		await opened.form.save();
		expect(opened.holds()).toBe(opened.mine);
	});

	test('theirs stays, and nothing is left to save', async () => {
		const opened = open();
		opened.meanwhile();
		const theirs = opened.holds();
		await refused(opened);
		settle(opened.form, 'theirs');
		expect(opened.form.conflict.wantsMore).toBe(false);
		expect(opened.holds()).toBe(theirs);
	});

	test('what changes again while it is being settled is asked again', async () => {
		const opened = open();
		opened.meanwhile();
		await refused(opened);
		opened.meanwhile();
		settle(opened.form, 'mine');
		opened.meanwhile();
		await refused(opened);
		settle(opened.form, 'mine');
		await opened.form.save();
		expect(opened.holds()).toBe(opened.mine);
	});
});

test('a password that a colleague gave meanwhile leaves a user name of theirs as it is', async () => {
	const { form, adjust, leerId } = adjusted();
	form.generate();
	adjust('hun.naam');
	await form.save();
	expect(form.conflict.fields.map(({ field }) => field)).toEqual(['secretId']);
	form.conflict.settle('secretId', 'mine');
	await form.save();
	expect(leerId()).toMatchObject({ userName: 'hun.naam', secretId: form.password?.secretId });
});

test('a user name of mine over a password of theirs brings a password of its own', async () => {
	const { form, adjust, leerId } = adjusted();
	form.userName = 'mijn.naam';
	const first = form.password?.secretId;
	adjust(leerId()?.userName ?? '');
	await form.save();
	form.conflict.settle('secretId', 'theirs');
	expect(form.conflict.wantsMore).toBe(true);
	expect(form.password?.secretId).not.toBe(first);
	expect(await form.save()).toBe(true);
	expect(leerId()).toMatchObject({ userName: 'mijn.naam', secretId: form.password?.secretId });
});

test('a LeerID that is gone meanwhile is told as such, with what was typed still there', async () => {
	const { school, form } = adjusted();
	form.userName = 'mijn.naam';
	fine(school.undo(school.uid));
	expect(await form.save()).toBe(false);
	expect(form.action.problem).toMatch(/^Dit bestaat niet meer/);
	expect(form.conflict.standing).toBe(false);
	expect(form.userName).toBe('mijn.naam');
});

test('what was typed over something older is asked after a lock too', async () => {
	const { session, school } = testSession();
	const before = new SettingsForm(session);
	before.set('name', 'Mijn naam');
	fine(school.make('school.changeSettings@1', { edit: { name: [schoolRecord.name, 'Hun naam'] } }));
	const form = new SettingsForm(session);
	form.restore(before.draft ?? {});
	await form.save();
	expect(session.school?.name).toBe('Hun naam');
	expect(form.conflict.fields).toMatchObject([{ mine: 'Mijn naam', theirs: 'Hun naam' }]);
});

test('an adjustment comes back over what it was typed over', async () => {
	const { form: before, adjust, leerId, school, session } = adjusted();
	before.generate();
	adjust('hun.naam');
	const [pupil, now] = [school.state.get('pupil', 'p'), leerId()];
	if (!pupil || !now || !before.draft) throw new Error('nothing to come back to');
	const form = new Adjustment(session, {} as PaperPrinter, { pupil, leerId: now });
	form.restore(before.draft);
	await form.save();
	expect(form.conflict.fields).toMatchObject([{ field: 'secretId' }]);
	expect(leerId()?.userName).toBe('hun.naam');
});
