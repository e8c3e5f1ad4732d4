import { expect, test } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import { school as schoolRecord } from '#lib/domain/testing/test-school.ts';
import { SettingsForm } from './settings-form.svelte.ts';

function made() {
	const test = testSession();
	return { ...test, form: new SettingsForm(test.session) };
}

test('only what was changed is sent, from what it was to what was typed', async () => {
	const { form, committed, toasts } = made();
	form.set('name', '  De Wegwijzer ');
	form.set('lockAfterMinutes', 20);
	form.set('imagePasswordLength', 6);
	form.set('imagePasswordLength', 5);
	await form.save();
	expect(committed).toMatchObject([
		{
			name: 'school.changeSettings@1',
			args: {
				edit: { name: ['Basisschool De Sleutel', 'De Wegwijzer'], lockAfterMinutes: [15, 20] }
			}
		}
	]);
	const args = committed[0]?.args as { edit: object } | undefined;
	expect(Object.keys(args?.edit ?? {})).toHaveLength(2);
	expect(form.draft).toBeNull();
	expect(form.text('name')).toBe('De Wegwijzer');
	expect(toasts.items[0]?.action).not.toBeNull();
});

test('typing back what it was leaves nothing to save', () => {
	const { form } = made();
	form.set('name', 'X');
	expect(form.draft).toEqual({ name: ['Basisschool De Sleutel', 'X'] });
	form.set('name', 'Basisschool De Sleutel');
	expect(form.draft).toBeNull();
});

test.each([
	['name', ' '],
	['number', '12A'],
	['number', '0123'],
	['loginBase', 'http://mijn.leerid.be/'],
	['imagePasswordLength', 2],
	['imagePasswordChoices', 41],
	['lockAfterMinutes', null]
] as const)('a %s of %j is refused at its field, and nothing is sent', async (field, value) => {
	const { form, committed } = made();
	form.set(field, value);
	await form.save();
	expect(Object.keys(form.errors)).toEqual([field]);
	expect(committed).toEqual([]);
});

test('a day that is none is refused', async () => {
	const { form } = made();
	form.setYearEnd({ day: 31, month: '06' });
	await form.save();
	expect(Object.keys(form.errors)).toEqual(['schoolYearEnd']);
	form.setYearEnd({ day: null, month: '06' });
	expect(form.yearEnd).toEqual({ day: null, month: '06' });
	expect(Object.keys(form.errors)).toEqual(['schoolYearEnd']);
	form.setYearEnd({ day: 30, month: '06' });
	expect(form.errors).toEqual({});
});

test('a BRIN makes it a school in the Netherlands', async () => {
	const { form, session } = made();
	form.set('number', ' 12ab00');
	await form.save();
	expect(session.school).toMatchObject({ number: '12AB00', country: 'NL' });
});

test('what a colleague changed meanwhile is asked: theirs, or mine', async () => {
	for (const keep of ['theirs', 'mine'] as const) {
		const { form, school, session } = made();
		form.set('name', 'Mijn naam');
		school.make('school.changeSettings@1', {
			edit: { name: [schoolRecord.name, 'Hun naam'] }
		});
		await form.save();
		expect(form.conflict.fields).toMatchObject([{ field: 'name', theirs: 'Hun naam' }]);
		form.conflict.settle('name', keep);
		await form.save();
		expect(session.school?.name).toBe(keep === 'mine' ? 'Mijn naam' : 'Hun naam');
		expect(form.draft).toBeNull();
	}
});

test('a kept draft comes back, without what is so by now', () => {
	const { form, session } = made();
	form.set('name', 'X');
	form.set('lockAfterMinutes', 20);
	const again = new SettingsForm(session);
	again.restore({ ...form.draft, imagePasswordLength: [4, 5] });
	expect(again.draft).toEqual(form.draft);
});
