import { goto } from '$app/navigation';
import { page } from '$app/state';
import { now, today } from '#lib/client/browser/clock.ts';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import { isStaff } from '#lib/domain/accounts/account-rules.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { describeActions, type ActionFilter } from '#lib/domain/history/describe.ts';
import { canUndo } from '#lib/domain/history/undo-plan.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { formatDay, formatTime } from '#lib/i18n/format.ts';
import { historyText } from '#lib/i18n/history-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Filter } from '#lib/ui/fields/field.ts';
import { actionKinds, isRoutine, kindOf, kindText } from './action-kinds.ts';
import { nameOfActor } from '#lib/client/session/actor-name.ts';
import { subjectName } from './subject-name.ts';

/** Something that was done, as the list shows it. */
export interface ActionItem {
	/** For keyed lists. */
	readonly key: string;
	/** The batch that undo takes back, whoever did it. */
	readonly batch: Id | null;
	readonly actorId: Id;
	readonly what: string;
	readonly who: string;
	readonly at: Instant;
	/** `14:02`. */
	readonly time: string;
	/** Of one, its name; of more, how many. */
	readonly subjects: string;
	readonly subjectIds: readonly Id[];
	readonly undone: boolean;
	readonly undoable: boolean;
}

export interface HistoryDay {
	readonly day: string;
	readonly items: readonly ActionItem[];
}

const pageLength = 50;
/** The name of each filter in the address; people go by their random ids. */
const parameters = { who: 'wie', what: 'wat' } as const;
/** Stands in the address for all pupils together. */
const pupils = 'leerlingen';
const guardians = 'ouders';

/** The deeds in the whole school, newest first; filters live in the address. */
export class SchoolHistory {
	readonly #session: Session;
	#loaded = $state(false);
	#limit = $state(pageLength);

	constructor(session: Session) {
		this.#session = session;
	}

	get loaded(): boolean {
		return this.#loaded;
	}

	async load(): Promise<void> {
		await this.#session.loadHistory();
		this.#loaded = true;
	}

	readonly filters: readonly Filter[] = $derived.by(() => [
		{
			key: 'what',
			label: m.history_what(),
			options: actionKinds.map((kind) => ({ value: kind, label: kindText(kind) })),
			values: this.#chosen('what')
		},
		{
			key: 'who',
			label: m.history_who(),
			options: [
				...[...this.#session.state.all('account')]
					.filter(isStaff)
					.map(({ id, displayName }) => ({ value: id, label: displayName })),
				{ value: guardians, label: m.account_guardians() },
				{ value: pupils, label: m.history_pupils() }
			],
			values: this.#chosen('who')
		}
	]);

	get filtered(): boolean {
		return this.filters.some(({ values }) => values.length > 0);
	}

	/** One more than is shown, to know whether there is more. */
	readonly #actions = $derived.by(() => {
		if (!this.#loaded) return [];
		return describeActions(this.#session.state, this.#limit + 1, this.#filter());
	});

	get hasMore(): boolean {
		return this.#actions.length > this.#limit;
	}

	/** How many are shown. */
	get count(): number {
		return Math.min(this.#actions.length, this.#limit);
	}

	readonly days: readonly HistoryDay[] = $derived.by(() => {
		const days = new Map<string, ActionItem[]>();
		for (const action of this.#actions.slice(0, this.#limit)) {
			const day = formatDay(action.at, now());
			const items = days.get(day) ?? [];
			items.push(this.#item(action));
			days.set(day, items);
		}
		return [...days].map(([day, items]) => ({ day, items }));
	});

	/** *Meer tonen*. */
	more(): void {
		this.#limit += pageLength;
	}

	choose(key: string, values: readonly string[]): void {
		const address = new URL(page.url);
		const parameter = parameters[key as keyof typeof parameters];
		address.searchParams.delete(parameter);
		for (const value of values) address.searchParams.append(parameter, value);
		this.#limit = pageLength;
		void goto(address, { replaceState: true, keepFocus: true, noScroll: true });
	}

	clearFilter(): void {
		void goto(page.url.pathname, { replaceState: true, keepFocus: true, noScroll: true });
	}

	#filter(): ActionFilter {
		const who = new Set(this.#chosen('who'));
		const what = new Set(this.#chosen('what'));
		const { state } = this.#session;
		return ({ actorId, mutation }) => {
			const account = state.get('account', actorId);
			const isPupil = !account && actorId !== systemActor.id;
			const isGuardian = account && !isStaff(account);
			const actor = isPupil ? pupils : isGuardian ? guardians : actorId;
			if (who.size > 0 && !who.has(actor)) return false;
			return what.size > 0 ? what.has(kindOf(mutation)) : !isRoutine(mutation);
		};
	}

	#chosen(key: keyof typeof parameters): readonly string[] {
		return page.url.searchParams.getAll(parameters[key]);
	}

	#item(action: ReturnType<typeof describeActions>[number]): ActionItem {
		const { state, actor } = this.#session;
		const { key, batch, actorId, at, subjectIds, undone, uids } = action;
		const people = subjectIds.filter((id) => !isPaperwork(this.#session, id));
		const shown = people.length > 0 ? people : subjectIds;
		const [only] = shown;
		return {
			key,
			batch,
			actorId,
			what: historyText(action),
			who: actorName(this.#session, actorId, shown),
			at,
			time: formatTime(at),
			subjects:
				only !== undefined && shown.length === 1
					? subjectName(state, only)
					: m.history_subjects({ count: shown.length }),
			subjectIds: shown,
			undone,
			undoable:
				batch !== null &&
				actor !== null &&
				canUndo(state, uids, { actor, today: today(), now: now() })
		};
	}
}

/** A print or an import is what it was done by, not whom it was about. */
function isPaperwork({ state }: Session, id: Id): boolean {
	return state.get('printRun', id) !== undefined || state.get('importRun', id) !== undefined;
}

function actorName({ state }: Session, actorId: Id, subjectIds: readonly Id[]): string {
	const leerId = state.get('leerId', actorId);
	const own = leerId && subjectIds.length === 1 && subjectIds[0] === leerId.pupilId;
	return own ? m.history_by_pupil() : nameOfActor(state, actorId);
}
