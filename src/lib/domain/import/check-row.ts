import type { DoubtList } from './doubt-list.ts';
import { nameKey } from './person-names.ts';
import { maxValueLength, type Choice, type PersonName } from './plan.ts';
import type { RosterRow } from './roster.ts';

/** How much of a text that makes no sense is shown. */
const shownLength = 100;

/**
 * Asks about a row's values that can't be read. Returns the fields that say nothing; a whole name
 * that can't be split for certain is not among them, since the split is shown and can be taken.
 */
export function askUnreadable(
	row: RosterRow & PersonName,
	existing: PersonName | undefined,
	doubts: DoubtList
): ReadonlySet<string> {
	const nothing = new Set<string>();
	for (const { field, text } of row.unreadable) {
		const isName = field === 'fullName';
		if (isName && existing && nameKey(existing) === nameKey(row)) continue;
		const choices: Choice[] = isName ? ['takeFile', 'skip'] : ['withoutValue', 'skip'];
		const details = { code: 'unreadableValue', field, text: text.slice(0, shownLength) } as const;
		doubts.ask(details, choices);
		if (!isName) nothing.add(field);
	}
	return nothing;
}

/** Asks about a name of which a part is missing. Returns whether the school's own name stays. */
export function askMissingName(
	row: PersonName,
	existing: PersonName | undefined,
	doubts: DoubtList
): boolean {
	const { givenName, familyName } = row;
	if (givenName !== '' && familyName !== '') return false;
	if (existing && nameKey(existing) === nameKey(row)) return false;
	const choices: Choice[] = [];
	if (givenName + familyName !== '') choices.push('takeFile');
	if (existing) choices.push('keepHere');
	return doubts.ask({ code: 'missingName' }, [...choices, 'skip']) === 'keepHere';
}

/**
 * Asks about texts that no name or address is as long as. Returns the fields to leave out. A field
 * in `needed` can't be left out.
 */
export function askTooLong(
	texts: Readonly<Record<string, unknown>>,
	needed: ReadonlySet<string>,
	doubts: DoubtList
): ReadonlySet<string> {
	const dropped = new Set<string>();
	for (const [field, text] of Object.entries(texts)) {
		if (typeof text !== 'string' || text.length <= maxValueLength) continue;
		const choices: Choice[] = needed.has(field) ? ['skip'] : ['withoutValue', 'skip'];
		doubts.ask({ code: 'valueTooLong', field, length: text.length }, choices);
		dropped.add(field);
	}
	return dropped;
}

/** The fields without those that say nothing after all. */
export function without<T extends object>(values: T, dropped: ReadonlySet<string>): T {
	if (dropped.size === 0) return values;
	const kept = Object.entries(values).map(([field, value]) => [
		field,
		dropped.has(field) ? undefined : (value as unknown)
	]);
	return Object.fromEntries(kept) as T;
}
