import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';

/** The failures of a vault beside a rule's refusal. Nothing was lost, and nothing was done. */
export type VaultFailure =
	/** The device has no room; nothing of the change was kept. */
	| { readonly code: 'storageFull' }
	/** The browser emptied its storage, or the school was removed from this device. */
	| { readonly code: 'storageGone' }
	/** A sealed row does not open: damaged, or moved. */
	| { readonly code: 'unreadable' }
	/** A newer version of the app wrote this; load that version. */
	| { readonly code: 'updateNeeded' }
	| { readonly code: 'locked' };

/** Carries a failure up to the room's door, where `settle` makes it a value. */
export class VaultError extends Error {
	readonly failure: VaultFailure;

	constructor(code: VaultFailure['code'], cause?: unknown) {
		super(code, { cause });
		this.failure = { code };
	}
}

/** Runs something, and returns its failure as a value. Bugs still throw. */
export async function settle<T>(work: () => Promise<T>): Promise<Result<T, VaultFailure>> {
	try {
		return ok(await work());
	} catch (error) {
		if (error instanceof VaultError) return refuse(error.failure);
		if (hasName(error, 'QuotaExceededError')) return refuse({ code: 'storageFull' });
		throw error;
	}
}

/** Two outcomes, one within the other, as one. */
export function flatten<T, F, G>(result: Result<Result<T, F>, G>): Result<T, F | G> {
	return result.ok ? result.value : result;
}

/** Tells whether an error is of this name, or was caused by one. */
export function hasName(error: unknown, ...names: readonly string[]): boolean {
	for (let at = error, depth = 0; at instanceof Object && depth < 5; depth++) {
		const { name, cause, inner, failures } = at as Told;
		if (names.includes(String(name))) return true;
		at = cause ?? inner ?? failures?.[0];
	}
	return false;
}

interface Told {
	readonly name?: unknown;
	readonly cause?: unknown;
	/** The error that the browser gave Dexie. */
	readonly inner?: unknown;
	/** The errors that Dexie was given for each row, where it wrote several at once. */
	readonly failures?: readonly unknown[];
}
