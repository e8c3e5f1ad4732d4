import type { Identity } from '../../people/identity/same-person.ts';
import type { Guardian } from '../../people/kinds.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Compared } from '../compared.ts';
import type { RosterGuardian } from '../roster.ts';
import { isAbout } from './is-about.ts';

/** The guardian whom the package called by the key of a row. */
export interface KeyHolder {
	readonly guardian: Guardian;
	/** The row is about them. */
	readonly isAbout: boolean;
}

/** The guardians who have the keys of a file, found before any is looked for by name. */
export class GuardianHolders {
	readonly #compared: Compared;
	readonly #holders = new Map<RosterGuardian, KeyHolder>();
	readonly #held = new Set<Id>();

	constructor(compared: Compared) {
		this.#compared = compared;
	}

	look(row: RosterGuardian): void {
		const { state, sourceOf, spelling } = this.#compared;
		for (const base of state.find('importBaseBySource', `guardian:${sourceOf(row.sourceKey)}`)) {
			const guardian = this.#held.has(base.id) ? undefined : state.get('guardian', base.id);
			if (!guardian) continue;
			const isTheirs = isAbout(guardianIdentity(guardian), base, guardianIdentity(row), spelling);
			this.#holders.set(row, { guardian, isAbout: isTheirs });
			if (isTheirs) this.#held.add(guardian.id);
			return;
		}
	}

	/** undefined: nobody of the school has the key of the row. */
	holder(row: RosterGuardian): KeyHolder | undefined {
		return this.#holders.get(row);
	}

	/** Those of whom a row with their own key is. */
	get held(): ReadonlySet<Id> {
		return this.#held;
	}
}

/** Of many guardians a school knows initials alone. */
export function guardianIdentity(named: {
	readonly givenName: string;
	readonly initials?: string;
	readonly namePrefix?: string;
	readonly familyName: string;
}): Identity {
	const { givenName, initials, namePrefix, familyName } = named;
	return { givenName: givenName || initials, namePrefix, familyName };
}
