import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { leerIdStatus } from '#lib/domain/credentials/status.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Filter } from '#lib/ui/fields/field.ts';
import { statusShapes, statusText, statusTones } from '../credentials/leer-id-text.ts';

export type PupilStanding = 'active' | 'inactive' | 'blocked';
const standings: readonly PupilStanding[] = ['active', 'inactive', 'blocked'];

export interface PupilAccountRow {
	readonly pupil: Pupil;
	readonly leerId: LeerId;
	readonly name: string;
	readonly groupName: string;
	readonly standing: PupilStanding;
	readonly search: string;
}

export function lookOfPupil(standing: PupilStanding) {
	if (standing === 'blocked') {
		return { text: m.account_state_blocked(), shape: 'empty', tone: 'danger' } as const;
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

const parameter = 'status';

/** The list of LeerIDs and whether they are blocked. The filter lives in the address. */
export class PupilAccountList {
	text = $state('');
	readonly #all: readonly PupilAccountRow[];

	constructor(session: Session) {
		this.#all = $derived(pupilAccountRows(session.state, session.today));
	}

	get total(): number {
		return this.#all.length;
	}

	readonly rows: readonly PupilAccountRow[] = $derived.by(() => {
		const words = fold(this.text).split(/\s+/).filter(Boolean);
		const wanted = new Set(this.#chosen);
		return this.#all.filter(
			({ search, standing }) =>
				(wanted.size === 0 || wanted.has(standing)) && words.every((word) => search.includes(word))
		);
	});

	get filters(): readonly Filter[] {
		const options = standings.map((value) => ({ value, label: lookOfPupil(value).text }));
		return [{ key: parameter, label: m.desk_status(), options, values: this.#chosen }];
	}

	get filtered(): boolean {
		return this.text !== '' || this.#chosen.length > 0;
	}

	get view(): string {
		return [this.text, ...this.#chosen].join('|');
	}

	choose(values: readonly string[]): void {
		const address = new URL(page.url);
		address.searchParams.delete(parameter);
		for (const value of values) address.searchParams.append(parameter, value);
		void goto(address, { replaceState: true, keepFocus: true, noScroll: true });
	}

	clearFilter(): void {
		this.text = '';
		void goto(page.url.pathname, { replaceState: true, keepFocus: true, noScroll: true });
	}

	get #chosen(): readonly string[] {
		return page.url.searchParams.getAll(parameter);
	}
}
