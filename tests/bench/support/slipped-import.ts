import { newId } from '#lib/crypto/random.ts';
import { mutationsOf } from '#lib/domain/import/import-commands.ts';
import { planImport } from '#lib/domain/import/plan-import.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { administrator, school, today } from '#lib/domain/testing/test-school.ts';
import { bulkRoster } from '../../support/bulk-roster.ts';

/**
 * Milliseconds of planning a file again that a school has, and of planning it with every number a row
 * further down, as after a wrong sort: then every row is about somebody else than who has its number.
 */
export function planSlipped(pupils: number): { readonly same: number; readonly slipped: number } {
	const roster = bulkRoster({ pupils });
	const state = imported(roster);
	const moved = roster.pupils.map((row, index) => {
		const { pupilNumber, sourceKey } = roster.pupils[(index + 1) % pupils] ?? row;
		return { ...row, pupilNumber, sourceKey };
	});
	const [same, slipped] = [roster, { ...roster, pupils: moved }].map((file) => {
		const start = performance.now();
		const { counts } = planImport(state, file, { today, newId, whole: false });
		if (counts.doubt < pupils && file !== roster) throw new Error('rows are not in doubt');
		return performance.now() - start;
	});
	return { same: same ?? 0, slipped: slipped ?? 0 };
}

function imported(roster: Roster): SchoolState {
	const state = new SchoolState([school]);
	const plan = planImport(state, roster, { today, newId, whole: false });
	const made = { importRunId: newId(), actorId: administrator.id, madeAt: today, fileName: '' };
	const records = mutationsOf(plan, made).flatMap(({ name, args }) =>
		name === 'import.start@1'
			? []
			: args.records.flatMap((record) => ('add' in record ? [record.add] : []))
	);
	state.apply({ puts: records, removes: [] });
	return state;
}
