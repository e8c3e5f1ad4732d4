import { userNameIn, userNameKey } from '../accounts/imported-user-name.ts';
import type { Guardian, Guardianship } from '../people/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import { askMissingName, askTooLong, askUnreadable, without } from './check-row.ts';
import { DoubtList } from './doubt-list.ts';
import { tableKey } from './compared.ts';
import { askHolder } from './holders/ask-holder.ts';
import type { Comparison } from './holders/comparison.ts';
import { isFreedFrom } from './holders/freed-number.ts';
import { guardianIdentity, type GuardianHolders } from './holders/guardian-holders.ts';
import { namedGuardian } from './holders/named-person.ts';
import { outcomeOf } from './outcome.ts';
import { nameKey, nameOf } from './person-names.ts';
import type { Choice, PlannedPerson } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import { PersonDiff } from './record-diff.ts';
import type { RosterGuardian } from './roster.ts';

/** The pupil that a key of the file stands for. */
export interface Child {
	readonly id: Id;
	/** In the state once this import is done; false: in doubt, or left out. */
	readonly stays: boolean;
}

/** Finds the children of guardians and the guardians themselves. */
export class GuardianMatcher {
	readonly #context: PlanContext;
	readonly #planned: ReadonlyMap<string, Child>;
	readonly #holders: GuardianHolders;
	/** Nobody is taken for another row's person. */
	readonly #claimed: Set<Id>;

	constructor(
		context: PlanContext,
		{ guardians }: Comparison,
		planned: ReadonlyMap<string, Child>
	) {
		this.#context = context;
		this.#planned = planned;
		this.#holders = guardians;
		this.#claimed = new Set(guardians.held);
	}

	/** From the file, else from the school, by the key of the package or by stamnummer. */
	child(key: string): Child | undefined {
		const planned = this.#planned.get(key);
		if (planned) return planned;
		const { state, sourceOf } = this.#context;
		const [byNumber] = state.find('pupilByNumber', key);
		// In a table the key is the number, whoever had that number before.
		if (byNumber && sourceOf(key) === tableKey(key)) return { id: byNumber.id, stays: true };
		const [base] = state.find('importBaseBySource', `pupil:${sourceOf(key)}`);
		const id = base && state.get('pupil', base.id) ? base.id : byNumber?.id;
		return id === undefined ? undefined : { id, stays: true };
	}

	/**
	 * By the key of the package, else by name with a child that they share. Asks where the key was
	 * somebody else's: their account sees their children.
	 */
	guardian(
		row: RosterGuardian,
		children: readonly Child[],
		doubts: DoubtList
	): Guardian | undefined {
		const { state } = this.#context;
		const holder = this.#holders.holder(row);
		if (holder?.isAbout) return holder.guardian;
		if (holder) {
			const chosen = this.#askHolder(row, holder.guardian, doubts);
			if (chosen === 'samePerson') return this.#claim(holder.guardian);
			if (chosen !== 'differentPerson') return undefined;
		}
		const name = nameKey(row);
		for (const child of name === '' ? [] : children) {
			for (const { guardianId } of state.find('guardianshipByPupil', child.id)) {
				const guardian = state.get('guardian', guardianId);
				if (guardian && !this.#claimed.has(guardian.id) && nameKey(guardian) === name) {
					return this.#claim(guardian);
				}
			}
		}
		return undefined;
	}

	/**
	 * A guardian whose child had a number before it was given to somebody else, in a file that does
	 * not have the pupils: the pupil who has it now is not their child for that.
	 */
	meantBy(guardian: Guardian, link: Link): Link {
		const { state } = this.#context;
		if (this.#planned.has(link.number)) return link;
		const children = state
			.find('guardianshipByGuardian', guardian.id)
			.flatMap(({ pupilId }) => state.get('pupil', pupilId) ?? []);
		if (children.some(({ id }) => id === link.child.id)) return link;
		const former = children.find(({ pupilNumber }) => isFreedFrom(pupilNumber, link.number));
		return former ? { ...link, child: { id: former.id, stays: true } } : link;
	}

	#askHolder(row: RosterGuardian, guardian: Guardian, doubts: DoubtList): Choice | null {
		return askHolder(this.#context, doubts, {
			code: 'anotherPerson',
			holder: namedGuardian(this.#context, guardian),
			known: guardianIdentity(guardian),
			said: guardianIdentity(row),
			lines: [],
			freedNumber: '',
			allows: (choice) => choice !== 'samePerson' || !this.#claimed.has(guardian.id)
		});
	}

	#claim(guardian: Guardian): Guardian {
		this.#claimed.add(guardian.id);
		return guardian;
	}
}

/** Plans one guardian of the file, with the links to the children that stay. */
export function planGuardian(
	context: PlanContext,
	matcher: GuardianMatcher,
	row: RosterGuardian,
	index: number
): PlannedPerson {
	const { state } = context;
	const key = `guardian:${index}`;
	const doubts = new DoubtList(key, context.decisions);
	const links = findLinks(matcher, row, doubts);
	const guardian = matcher.guardian(
		row,
		links.map(({ child }) => child),
		doubts
	);
	const id = guardian?.id ?? context.newId();
	const base = state.get('importBase', id) ?? null;
	const diff = new PersonDiff(doubts, base);
	writeGuardian(context, row, { id, guardian, doubts }, diff);
	const staying = links
		.map((link) => (guardian ? matcher.meantBy(guardian, link) : link))
		.filter(({ child }) => child.stays);
	for (const link of staying) writeLink(context, id, link, guardian !== undefined, diff);
	diff.note(userNameKey, userNameIn(row.userName));
	diff.base(base, { id, subject: 'guardian', sourceKey: context.sourceOf(row.sourceKey) });
	const outcome = outcomeOf(doubts, diff, guardian !== undefined);
	const waits = guardian === undefined && staying.length === 0 && outcome.outcome === 'new';
	return {
		key,
		subject: 'guardian',
		...outcome,
		...(waits ? { outcome: 'skipped', writes: [] } : {}),
		id,
		name: nameOf(row),
		number: '',
		groupName: '',
		file: row.file,
		line: row.line
	};
}

interface Link {
	readonly child: Child;
	/** As the file names the child. */
	readonly number: string;
	readonly relation: string;
	readonly authority: boolean | null | undefined;
}

function findLinks(matcher: GuardianMatcher, row: RosterGuardian, doubts: DoubtList): Link[] {
	const found = row.pupils.map(({ pupilSourceKey, relation, authority }) => ({
		child: matcher.child(pupilSourceKey),
		number: pupilSourceKey,
		relation,
		authority
	}));
	const links: Link[] = [];
	for (const { child, number, relation, authority } of found) {
		if (child) {
			const known = links.some((link) => link.child.id === child.id);
			if (!known) links.push({ child, number, relation, authority });
		} else {
			const others = found.some((other) => other.child);
			const choices = others ? (['withoutValue', 'skip'] as const) : (['skip'] as const);
			doubts.ask({ code: 'childNotFound', number }, choices);
		}
	}
	return links;
}

const needed = new Set(['givenName', 'familyName', 'sourceKey']);

function writeGuardian(
	{ state }: PlanContext,
	row: RosterGuardian,
	facts: { readonly id: Id; readonly guardian: Guardian | undefined; readonly doubts: DoubtList },
	diff: PersonDiff
): void {
	const { id, guardian, doubts } = facts;
	const named = { ...row, ...nameOf(row) };
	askUnreadable(named, guardian, doubts);
	const hasInitials = (row.initials ?? '') !== '' && row.familyName !== '';
	const keepsName = !hasInitials && askMissingName(named, guardian, doubts);
	const { givenName, initials, namePrefix, familyName, sourceKey } = row;
	const names = { givenName, initials, namePrefix, familyName };
	const dropped = askTooLong({ ...names, ...row.contact, sourceKey }, needed, doubts);
	diff.record('guardian', id, guardian, keepsName ? {} : without(names, dropped), {
		defaults: { givenName: '', initials: '', namePrefix: '', familyName: '' },
		tracked: true
	});
	const contact = state.get('guardianContact', id);
	diff.record('guardianContact', id, contact, without(row.contact ?? {}, dropped), {
		defaults: { street: '', houseNumber: '', postcode: '', city: '', phone: '', email: '' },
		optional: true,
		tracked: true,
		showAdded: guardian !== undefined
	});
}

/** A guardian without authority is informed on request only (facts, *Guardians*). */
function writeLink(
	{ state, newId }: PlanContext,
	guardianId: Id,
	{ child, relation, authority }: Link,
	known: boolean,
	diff: PersonDiff
): void {
	const existing = state
		.find('guardianshipByGuardian', guardianId)
		.find((link): link is Guardianship => link.pupilId === child.id);
	const said = { relation: relation === '' ? undefined : relation.slice(0, 100), authority };
	if (existing) {
		diff.record('guardianship', existing.id, existing, said, {
			defaults: existing,
			tracked: true,
			baseKey: (field) => `guardianship.${field}:${child.id}`
		});
		return;
	}
	const hasAuthority = authority !== false;
	const record = {
		guardianId,
		pupilId: child.id,
		relation: said.relation ?? '',
		authority: authority ?? null,
		receivesMail: hasAuthority,
		addressVisible: hasAuthority
	};
	diff.record('guardianship', newId(), undefined, said, {
		defaults: record,
		tracked: true,
		baseKey: (field) => `guardianship.${field}:${child.id}`
	});
	if (known) {
		const to = record.relation;
		diff.changes.push({ kind: 'guardianship', field: 'relation', from: null, to });
	}
}
