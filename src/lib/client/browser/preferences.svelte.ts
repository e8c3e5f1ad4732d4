import type { Id } from '#lib/domain/kernel/ids.ts';
import { getLocale, type Locale } from '#lib/i18n/paraglide/runtime.js';

export type Theme = 'system' | 'light' | 'dark';

/** How this device prints; nothing about anybody. */
export interface PrintPreferences {
	readonly letters: boolean;
	/** null: the sheets that the app suggests. */
	readonly sheets: readonly string[] | null;
	/** Sheet → its first free label, from 1. */
	readonly starts: Readonly<Record<string, number>>;
	/** Calibration, in mm to the right and down. */
	readonly offset: { readonly x: number; readonly y: number };
}

/** How this device scans. */
export interface ScanPreferences {
	/** As the browser calls it, at random; null: the one at the back. */
	readonly cameraId: string | null;
	readonly sound: boolean;
}

/** A school whose people sign in at the server. */
export interface ChosenSchool {
	readonly id: Id;
	readonly name: string;
}

/** More than anybody prints while an import can be undone. */
const mostBinned = 200;
const storageKey = 'schoolsleutel.preferences';
const printDefaults: PrintPreferences = {
	letters: true,
	sheets: null,
	starts: {},
	offset: { x: 0, y: 0 }
};
const scanDefaults: ScanPreferences = { cameraId: null, sound: true };

/**
 * The choices of a person on this device, kept in the clear: no person's name or number belongs
 * here.
 */
export class Preferences {
	#theme = $state<Theme>('system');
	#print = $state.raw<PrintPreferences>(printDefaults);
	#scan = $state.raw<ScanPreferences>(scanDefaults);
	#installDismissed = $state(false);
	#school = $state.raw<ChosenSchool | null>(null);
	#binnedRuns = $state.raw<readonly string[]>([]);
	#lastAccountId: string | null = null;

	constructor() {
		const stored = read();
		this.#installDismissed = stored.installDismissed === true;
		if (typeof stored.lastAccountId === 'string') this.#lastAccountId = stored.lastAccountId;
		this.#school = schoolFrom(stored.school);
		this.#binnedRuns = textsFrom(stored.binnedRuns);
		this.#theme = stored.theme === 'light' || stored.theme === 'dark' ? stored.theme : 'system';
		this.#print = { ...printDefaults, ...(stored.print as Partial<PrintPreferences>) };
		this.#scan = { ...scanDefaults, ...(stored.scan as Partial<ScanPreferences>) };
	}

	get theme(): Theme {
		return this.#theme;
	}

	set theme(theme: Theme) {
		this.#theme = theme;
		this.#write();
	}

	get print(): PrintPreferences {
		return this.#print;
	}

	set print(print: PrintPreferences) {
		this.#print = print;
		this.#write();
	}

	get scan(): ScanPreferences {
		return this.#scan;
	}

	set scan(scan: ScanPreferences) {
		this.#scan = scan;
		this.#write();
	}

	/** The offer to install the app was turned down. */
	get installDismissed(): boolean {
		return this.#installDismissed;
	}

	set installDismissed(dismissed: boolean) {
		this.#installDismissed = dismissed;
		this.#write();
	}

	/** The school that was last chosen to sign in to; null: none. */
	get school(): ChosenSchool | null {
		return this.#school;
	}

	set school(school: ChosenSchool | null) {
		this.#school = school;
		this.#write();
	}

	/** Prints whose worthless cards were thrown away, by their key, the latest first. */
	get binnedRuns(): readonly string[] {
		return this.#binnedRuns;
	}

	bin(key: string): void {
		this.#binnedRuns = [key, ...this.#binnedRuns].slice(0, mostBinned);
		this.#write();
	}

	/** A random id, which says nothing of whose it is. */
	get lastAccountId(): string | null {
		return this.#lastAccountId;
	}

	set lastAccountId(id: string | null) {
		this.#lastAccountId = id;
		this.#write();
	}

	get locale(): Locale {
		return getLocale();
	}

	#write(): void {
		const { theme, print, scan, lastAccountId, installDismissed, school, binnedRuns } = this;
		const stored = { theme, print, scan, lastAccountId, installDismissed, school, binnedRuns };
		try {
			localStorage.setItem(storageKey, JSON.stringify(stored));
		} catch {
			// Holds until the page is left, where the browser keeps nothing.
		}
	}
}

function textsFrom(stored: unknown): readonly string[] {
	return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : [];
}

function schoolFrom(stored: unknown): ChosenSchool | null {
	if (typeof stored !== 'object' || stored === null) return null;
	const { id, name } = stored as Partial<Record<keyof ChosenSchool, unknown>>;
	return typeof id === 'string' && typeof name === 'string' ? { id, name } : null;
}

function read(): Partial<Record<keyof Preferences, unknown>> {
	try {
		const parsed: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
		return typeof parsed === 'object' && parsed !== null ? parsed : {};
	} catch {
		return {};
	}
}
