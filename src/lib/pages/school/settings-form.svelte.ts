import { conflictOf, settled, type FieldConflict } from '#lib/client/form/conflict.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import { failureText } from '#lib/client/session/failure-text.ts';
import { command, type Session } from '#lib/client/session/session.svelte.ts';
import { showDone } from '#lib/client/session/undo.ts';
import type { Edit } from '#lib/domain/kernel/edit.ts';
import { isInstellingsnummer } from '#lib/domain/kernel/numbers/school-number.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { invalidSetting, settingBounds } from '#lib/domain/school/settings.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** `country` follows from the number. */
export type SettingField = Exclude<keyof School, 'kind' | 'id' | 'country'>;
type Value = string | number | null;
/** Field → what it was when the typing began, and what was typed. */
type Typed = { readonly [Field in SettingField]?: readonly [from: Value, to: Value] };

/** The school's settings as they are being changed: fields that nobody touched follow the school. */
export class SettingsForm implements Drafted<Typed> {
	readonly #session: Session;
	#typed = $state.raw<Typed>({});
	#tried = $state(false);
	problem = $state<string | null>(null);
	conflict = $state.raw<FieldConflict | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore(draft: Typed): void {
		for (const [field, [, to]] of Object.entries(draft) as [SettingField, [Value, Value]][]) {
			this.set(field, to);
		}
	}

	/** The school as it would be. */
	get school(): School | undefined {
		const { school } = this.#session;
		const typed = Object.entries(this.#typed).map(([field, [, to]]) => [field, to] as const);
		return school && { ...school, ...Object.fromEntries(typed) };
	}

	text(field: SettingField): string {
		return String(this.school?.[field] ?? '');
	}

	number(field: keyof typeof settingBounds): number | null {
		return this.school?.[field] ?? null;
	}

	set(field: SettingField, value: Value): void {
		const now = this.#session.school?.[field] ?? null;
		const from = this.#typed[field]?.[0] ?? now;
		const others = Object.fromEntries(
			Object.entries(this.#typed).filter(([name]) => name !== field)
		);
		this.#typed = value === now ? others : { ...others, [field]: [from, value] };
	}

	/** Day and month of `schoolYearEnd`; the day null while nothing is typed. */
	get yearEnd(): { readonly day: number | null; readonly month: string } {
		const [month = '', day = ''] = this.text('schoolYearEnd').split('-');
		return { day: Number(day) || null, month };
	}

	setYearEnd({ day, month }: { readonly day: number | null; readonly month: string }): void {
		this.set('schoolYearEnd', `${month}-${String(day ?? 0).padStart(2, '0')}`);
	}

	/** What is wrong with the fields, once somebody tried to save. */
	readonly errors: { readonly [Field in SettingField]?: string } = $derived.by(() =>
		this.#tried ? this.#problems() : {}
	);

	/** *Opslaan*. */
	async save(): Promise<void> {
		this.#tried = true;
		this.problem = null;
		this.conflict = null;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return;
		const done = await this.#session.commit([
			command('school.changeSettings@1', { edit: this.#edit() })
		]);
		if (done.ok) {
			this.clear();
			showDone(this.#session, m.settings_saved(), done.value.batch);
			return;
		}
		this.conflict = conflictOf(done.refusal);
		if (!this.conflict) this.problem = failureText(done.refusal);
	}

	/** Ends a conflict: what was typed here stands, or what a colleague made of it. */
	settle(keep: 'mine' | 'theirs'): void {
		const { conflict } = this;
		if (!conflict) return;
		this.conflict = null;
		this.#typed = settled(this.#typed, conflict, keep);
	}

	/** Takes back all that was typed. */
	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.problem = null;
		this.conflict = null;
	}

	#edit(): Edit<School> {
		const cleaned = Object.entries(this.#typed).map(([field, [from, to]]) => [
			field,
			[from, this.#clean(field as SettingField, to)]
		]);
		const edit = Object.fromEntries(cleaned) as Edit<School>;
		const { school } = this.#session;
		const country = this.#country();
		return school && edit.number && country !== school.country
			? { ...edit, country: [school.country, country] }
			: edit;
	}

	#clean(field: SettingField, value: Value): Value {
		if (typeof value !== 'string') return value;
		return field === 'number' ? value.replaceAll(/\s/g, '').toUpperCase() : value.trim();
	}

	#country(): School['country'] {
		return isInstellingsnummer(String(this.#clean('number', this.text('number')))) ? 'BE' : 'NL';
	}

	#problems(): { readonly [Field in SettingField]?: string } {
		const { school } = this.#session;
		if (!school) return {};
		const wrong = (Object.keys(this.#typed) as SettingField[]).filter((field) => {
			const value = this.#clean(field, this.#typed[field]?.[1] ?? null);
			// Nothing typed is not a number, which no bounds let in.
			const tried = { ...school, [field]: value ?? Number.NaN };
			return invalidSetting(field === 'number' ? { ...tried, country: this.#country() } : tried);
		});
		return Object.fromEntries(wrong.map((field) => [field, problemText(field)]));
	}
}

function problemText(field: SettingField): string {
	if (field === 'name') return m.start_fill_in();
	if (field === 'number') return m.start_school_number_wrong();
	if (field === 'loginBase') return m.settings_login_base_wrong();
	if (field === 'schoolYearEnd') return m.settings_year_end_wrong();
	if (field === 'applicationManagerName' || field === 'applicationManagerAddress') {
		return m.settings_too_long();
	}
	return m.settings_out_of_range(settingBounds[field]);
}
