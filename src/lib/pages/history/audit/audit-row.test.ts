import { describe, expect, test } from 'vitest';
import type { AuditLine } from '#lib/client/history/audit-log.svelte.ts';
import { mutations } from '#lib/domain/registry/mutations.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { administrator, firstAccount, TestSchool } from '#lib/domain/testing/test-school.ts';
import { auditRow } from './audit-row.ts';

const at = '2026-11-21T10:00:00.000Z';

function done(mutation: string, more: Partial<Mutated> = {}): Mutated {
	return {
		what: 'mutation',
		at,
		mutation,
		uid: 'uid',
		actorId: administrator.id,
		refusal: null,
		...more
	};
}
type Mutated = Extract<AuditLine['body'], { what: 'mutation' }>;

function line(body: AuditLine['body'], more: Partial<AuditLine> = {}): AuditLine {
	return { seq: 7, body, subject: null, erased: false, mark: 'abcdefgh', ...more };
}

describe('an entry of the audit log in words', () => {
	test('says who did what to whom', () => {
		const school = new TestSchool('a');
		const leerId = school.withLeerId('a');
		const { state } = school;
		const renewed = { what: 'Wachtwoord vernieuwd', who: 'An Peeters', about: 'Abdulghani Bogdan' };
		expect(auditRow(state, line(done('leerId.renew@1'), { subject: leerId }))).toEqual({
			...renewed,
			seq: 7,
			at,
			refused: false,
			erased: false,
			mark: 'abcdefgh'
		});
		const [card] = [...state.all('credentialCard')];
		const revoked = line(done('card.revoke@1'), { subject: card?.id ?? '' });
		expect(auditRow(state, revoked).about).toBe('Abdulghani Bogdan');
	});

	test('tells what was refused, erased, changed from outside, or is newer than this app', () => {
		const { state } = new TestSchool();
		expect(auditRow(state, line(done('print.saved@1', { refusal: 'notFound' }))).refused).toBe(
			true
		);
		expect(auditRow(state, line(done('print.saved@1'), { erased: true })).erased).toBe(true);
		expect(auditRow(state, line(null))).toMatchObject({
			what: 'Onleesbare regel',
			who: '',
			at: null
		});
		for (const mutation of ['', 'pupil.moveToMars@3']) {
			expect(auditRow(state, line(done(mutation))).what).toBe('Onbekende handeling');
		}
	});

	test('names who is not here any more, and the server itself', () => {
		const { state } = new TestSchool();
		const by = (actorId: string) => auditRow(state, line(done('print.saved@1', { actorId }))).who;
		expect(by('nobody')).toBe('onbekend account');
		expect(by(systemActor.id)).toBe('vanzelf');
		const gone = line(done('account.archive@1'), { subject: 'nobody' });
		expect(auditRow(state, gone).about).toBe('niet meer op dit apparaat');
	});

	test('names whom something concerned that is about them, also when it is gone', () => {
		const school = new TestSchool('a');
		const accountId = firstAccount.id;
		const report = { kind: 'signInReport', id: 'report-1', accountId, madeAt: at } as const;
		school.state.apply({ puts: [report], removes: [] });
		const settled = line(done('signIn.settleReport@1'), { subject: 'report-1' });
		expect(auditRow(school.state, settled).about).toBe('An Peeters');

		school.withLeerId('a');
		const [made] = school.state.find('historyBySubject', 'a');
		const undone = line(done('leerId.create@1', { uid: made?.uid ?? '' }), { subject: 'gone-1' });
		expect(auditRow(school.state, undone).about).toBe('Abdulghani Bogdan');
	});

	test('names what an undo took back, where history knows', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		const [made] = school.state.find('historyBySubject', 'a');
		school.undo(made?.uid ?? '');
		const undo = [...school.state.all('history')].find(({ undoes }) => undoes !== null);
		const entry = line(done('change.undo@1', { uid: undo?.uid ?? '' }));
		expect(auditRow(school.state, entry)).toMatchObject({
			what: 'Ongedaan gemaakt: LeerID aangemaakt',
			about: 'Abdulghani Bogdan'
		});
		expect(auditRow(school.state, line(done('change.undo@1'))).what).toBe('Iets ongedaan gemaakt');
		school.undo(undo?.uid ?? '');
		const again = [...school.state.all('history')].find(({ undoes }) => undoes === undo?.uid);
		const put = line(done('change.undo@1', { uid: again?.uid ?? '' }));
		expect(auditRow(school.state, put).what).toBe('Teruggezet: LeerID aangemaakt');
	});

	test('has words for what is no mutation', () => {
		const { state } = new TestSchool();
		const actorId = administrator.id;
		expect(auditRow(state, line({ what: 'movedIn', at, records: 12 }))).toMatchObject({
			what: 'School aangesloten',
			about: '12 gegevens',
			who: ''
		});
		expect(
			auditRow(state, line({ what: 'signedOut', at, actorId, account: actorId }))
		).toMatchObject({ what: 'Apparaten uitgelogd', about: 'An Peeters', who: 'An Peeters' });
		expect(auditRow(state, line({ what: 'erased', at, actorId, seq: 3 }))).toMatchObject({
			what: 'Inhoud van een regel gewist',
			about: 'regel 3'
		});
	});

	test('adds up what somebody tried in vain, and tells what of it was forbidden', () => {
		const { state } = new TestSchool();
		const body = { what: 'refused', at, from: at, actorId: administrator.id } as const;
		const counts = { notAllowed: 812, notFound: 1188 };
		const row = auditRow(state, line({ ...body, counts }));
		expect(row).toMatchObject({
			what: '2.000 wijzigingen geprobeerd',
			who: 'An Peeters',
			refused: true
		});
		expect(row.about).toMatch(/^812 keer zonder toestemming · vanaf /);
		const one = auditRow(state, line({ ...body, counts: { notFound: 1 } }));
		expect(one.what).toBe('1 wijziging geprobeerd');
		expect(one.about).not.toContain('zonder toestemming');
	});

	test('says which lines were erased at once', () => {
		const { state } = new TestSchool();
		const erased = { what: 'erased', at, actorId: systemActor.id, seq: 1, to: 2_500 } as const;
		expect(auditRow(state, line(erased))).toMatchObject({
			what: 'Inhoud van regels gewist',
			about: 'regel 1 tot en met 2.500',
			who: 'vanzelf'
		});
	});

	test('has words for every mutation', () => {
		const { state } = new TestSchool();
		for (const mutation of Object.keys(mutations)) {
			const { what } = auditRow(state, line(done(mutation)));
			expect(what, mutation).not.toBe('Onbekende handeling');
			expect(what.length, mutation).toBeGreaterThan(0);
		}
	});
});
