import { expect, test, vi } from 'vitest';
import { printRun } from '#lib/client/cards/print-run.ts';
import { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import { testSession } from '#lib/client/session/test-session.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import { ok } from '#lib/domain/kernel/result.ts';
import { enrolmentRecord, pupilActor, TestSchool } from '#lib/domain/testing/test-school.ts';
import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import { BulkRenewal } from './bulk-renewal.svelte.ts';

vi.mock('#lib/client/cards/print-run.ts', () => ({
	printRun: vi.fn(() => Promise.resolve(ok({ cards: 4 })))
}));
vi.mock('#lib/client/print/start-worker.ts', () => ({ startPrintWorker: () => undefined }));

const kinds: Readonly<Record<string, IssuedKind>> = {
	a: 'word',
	b: 'image',
	c: 'temporary',
	d: 'temporary',
	e: 'temporary',
	f: 'word'
};

/**
 * All ticked: a word, pictures and a temporary password; of D a password of their own, of E a linked
 * address, of F an enrolment that ended, and G without a LeerID.
 */
function ticked() {
	const school = new TestSchool(...Object.keys(kinds), 'g');
	school.startPrint();
	for (const [pupilId, passwordKind] of Object.entries(kinds)) {
		const type = passwordKind === 'temporary' ? 'advanced' : 'basic';
		const args = { leerIdId: `leerId-${pupilId}`, pupilId, type, passwordKind } as const;
		const userName = `user.${pupilId}`;
		expect(
			school.make('leerId.create@1', { ...args, ...school.issue(pupilId, 1), userName })
		).toBeNull();
	}
	const own = { leerIdId: 'leerId-d', fromSecretId: 'secret-d-1', secretId: 'secret-d-2' };
	expect(school.make('leerId.choosePassword@1', own, { actor: pupilActor('leerId-d') })).toBeNull();
	const linked = { leerIdId: 'leerId-e', email: [null, 'emma@example.org'] } as const;
	expect(school.make('leerId.linkEmail@1', linked, { actor: pupilActor('leerId-e') })).toBeNull();
	school.state.apply({ puts: [enrolmentRecord('f', { to: '2026-10-01' })], removes: [] });
	const selection = new TableSelection();
	selection.setAll([...Object.keys(kinds), 'g'], true);
	const { session, committed } = testSession(school);
	const bulk = new BulkRenewal(session, new PaperPrinter(), selection);
	return { school, committed, selection, bulk };
}

test('every account keeps its kind of password, and says which; who chose one gets a temporary one', () => {
	const { bulk } = ticked();
	const rows = bulk.renewable.map(({ userName, kindNote, password }) => [
		userName,
		password.secret.kind,
		kindNote
	]);
	expect(rows.sort()).toEqual([
		['user.a', 'word', 'nieuw basiswachtwoord'],
		['user.b', 'image', 'nieuw afbeeldingswachtwoord'],
		['user.c', 'temporary', 'nieuw gevorderd wachtwoord'],
		['user.d', 'temporary', 'nieuw gevorderd wachtwoord']
	]);
});

test('linked addresses and pupils without an active account are set apart, with the reasons', () => {
	const { bulk } = ticked();
	expect(bulk.linked).toMatchObject([{ userName: 'user.e' }]);
	expect(bulk.linked[0]?.maskedEmail).toMatch(/^e\*{5}.@/);
	const inactive = bulk.inactive.map(({ pupilId, status }) => [pupilId, status]);
	expect(inactive.sort()).toEqual([
		['f', 'Inactief'],
		['g', 'Geen account']
	]);
	expect(bulk.isEmpty).toBe(false);
});

test('who stays ticked is renewed with what was shown, each on a card of one print', async () => {
	const { bulk, school, committed, selection } = ticked();
	bulk.chosen.setAll(['leerId-b'], false);
	const shown = bulk.renewable.map(({ password }) => password);
	expect(bulk.previewCards).toHaveLength(3);
	expect(await bulk.save()).toMatchObject({ ok: true });
	const [start, ...renewals] = committed;
	expect(start).toMatchObject({ name: 'print.start@1', args: { cardCount: 3 } });
	expect(renewals.map(({ name }) => name)).toEqual(Array(3).fill('leerId.renew@1'));
	for (const { secrets = {} } of renewals) {
		const [[secretId, secret] = []] = Object.entries(secrets);
		expect(shown).toContainEqual({ secretId, secret });
	}
	expect(['a', 'b', 'c', 'd'].map((id) => school.cards(id))).toEqual([
		['1 replaced', '2 current'],
		['1 current'],
		['1 replaced', '2 current'],
		expect.arrayContaining(['2 current'])
	]);
	expect(printRun).toHaveBeenCalledOnce();
	expect(selection.ids.size).toBe(0);
});
