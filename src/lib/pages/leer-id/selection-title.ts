import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** Returns the name of a selection of pupils: the pupil, the group that all are in, or how many. */
export function selectionTitle(state: SchoolState, pupilIds: readonly Id[]): string {
	const pupils = pupilIds.flatMap((id) => state.get('pupil', id) ?? []);
	const [first] = pupils;
	if (first && pupils.length === 1) return fullNameOf(first);
	const group = first?.groupId ? state.get('group', first.groupId) : undefined;
	if (group && pupils.every(({ groupId }) => groupId === group.id)) return group.name;
	return m.leer_id_pupils_count({ count: formatNumber(pupils.length) });
}
