import { Action } from '#lib/client/form/action.svelte.ts';
import { Conflict, withChange } from '#lib/client/form/conflict.svelte.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import { command, type Session } from '#lib/client/session/session.svelte.ts';
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
	readonly action: Action;
	readonly conflict: Conflict;

	constructor(session: Session) {
		this.#session = session;
		this.action = new Action(session);
		this.conflict = new Conflict(session, {
			record: () => session.school,
			wanted: () => this.#edit(),
			settle: (field, change) => (this.#typed = withChange(this.#typed, field, change))
		});
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore(draft: Typed): void {
		for (const [field, change] of Object.entries(draft) as [SettingField, [Value, Value]][]) {
			this.#set(field, change);
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
		const typed = this.#typed[field];
		this.#set(field, [typed ? typed[0] : (this.#session.school?.[field] ?? null), value]);
	}

	#set(field: SettingField, change: readonly [from: Value, to: Value]): void {
		const isSo = change[1] === (this.#session.school?.[field] ?? null);
		this.#typed = withChange(this.#typed, field, isSo ? null : change);
	}

	/** Day and month of `schoolYearEnd`; the day null while nothing is typed. */
	get yearEnd(): { readonly day: number | null; readonly month: string } {
		const [month = '', day = ''] = this.text('schoolYearEnd').split('-');
		return { day: Number(day) || null, month };
	}

	setYearEnd({ day, month }: { readonly day: number | null; readonly month: string }): void {
		this.set('schoolYearEnd', `${month}-${String(day ?? 0).padStart(2, '0')}`);
	}

	/** The faults of the fields, once somebody tried to save. */
	readonly errors: { readonly [Field in SettingField]?: string } = $derived.by(() =>
		this.#tried ? this.#problems() : {}
	);

	/** *Opslaan*. */
	async save(): Promise<void> {
		this.#tried = true;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return;
		const changes = command('school.changeSettings@1', { edit: this.#edit() });
		const saved = await this.action.run(() => this.#session.commit([changes]), {
			done: m.settings_saved(),
			settles: (failure) => this.conflict.takes(failure)
		});
		if (saved) this.clear();
	}

	/** Takes back all that was typed. */
	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.action.clear();
		this.conflict.clear();
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
