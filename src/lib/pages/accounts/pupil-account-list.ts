import { statusFilter } from '#lib/client/list/filters.ts';
import type { ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { leerIdStatus } from '#lib/domain/credentials/status.ts';
import { byName } from '#lib/domain/people/list-order.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { StatusLook } from '#lib/ui/look/tone.ts';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { statusShapes, statusText, statusTones } from '../credentials/leer-id-text.ts';

type PupilStanding = 'active' | 'inactive' | 'blocked';
const standings: readonly PupilStanding[] = ['active', 'inactive', 'blocked'];

export interface PupilAccountRow {
	readonly pupil: Pupil;
	readonly leerId: LeerId;
	readonly name: string;
	readonly groupName: string;
	readonly standing: PupilStanding;
	readonly search: string;
}

function lookOfPupil(standing: PupilStanding): StatusLook {
	if (standing === 'blocked') {
		return { text: m.account_state_blocked(), shape: 'empty', tone: 'danger' };
	}
	return {
		text: statusText(standing),
		shape: statusShapes[standing],
		tone: statusTones[standing]
	};
}

function pupilAccountRows(state: SchoolState, today: IsoDate): PupilAccountRow[] {
	return [...state.all('leerId')].flatMap((leerId) => {
		const pupil = state.get('pupil', leerId.pupilId);
		if (!pupil) return [];
		const name = fullNameOf(pupil);
		const active = leerIdStatus(state, pupil.id, today).status === 'active';
		const blocked = state.get('signInBlock', leerId.id) !== undefined;
		return {
			pupil,
			leerId,
			name,
			groupName: (pupil.groupId && state.get('group', pupil.groupId)?.name) || '',
			standing: blocked ? 'blocked' : active ? 'active' : 'inactive',
			search: fold(`${name} ${leerId.userName}`)
		};
	});
}

/** The LeerIDs, and whether they are blocked. */
export function pupilAccountListOf(session: Session): ListDeclaration<PupilAccountRow> {
	return {
		title: m.account_pupils(),
		name: m.account_pupils_name(),
		words: {
			search: m.account_search_pupils(),
			filters: m.account_pupils(),
			nothingFound: m.account_no_match()
		},
		rows: () => pupilAccountRows(session.state, session.today),
		rowId: ({ leerId }) => leerId.id,
		columns: columns(),
		sort: { key: 'name', direction: 'ascending' },
		searchText: ({ search }) => search,
		filters: [
			statusFilter(
				({ standing }) => standing,
				standings,
				(standing) => lookOfPupil(standing).text
			)
		]
	};
}

function columns(): readonly Column<PupilAccountRow>[] {
	return [
		{
			key: 'name',
			title: m.account_name(),
			text: ({ name }) => name,
			order: (one, other) => byName(one.pupil, other.pupil),
			width: 'minmax(10rem, 1.3fr)',
			list: 'title'
		},
		{
			key: 'group',
			title: m.leer_id_group(),
			text: ({ groupName }) => groupName,
			width: 'minmax(9rem, 1.2fr)',
			list: 'none'
		},
		{
			key: 'userName',
			title: m.start_user_name(),
			text: ({ leerId }) => leerId.userName,
			width: 'minmax(10rem, 1.2fr)',
			list: 'line',
			code: true
		},
		statusColumn({ key: 'standing', title: m.leer_id_status(), width: '9.5rem' }, ({ standing }) =>
			lookOfPupil(standing)
		)
	];
}
