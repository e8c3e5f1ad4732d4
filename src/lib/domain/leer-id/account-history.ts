import { addDays } from '../dates.ts';
import {
	describeHistory,
	type DescribedChange,
	type DescribedField,
	type HistoryItem
} from '../history/describe.ts';
import type { Id, Instant, IsoDate, Json } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';
import { leerIdStatus } from './status.ts';

/** Something that happened to a LeerID. E-mail addresses are masked. */
export type AccountEvent =
	| { readonly event: 'created'; readonly userName: string; readonly type: string }
	| { readonly event: 'removed' }
	| { readonly event: 'passwordRenewed' }
	| { readonly event: 'passwordChosen' }
	/** Its card was revoked. */
	| { readonly event: 'passwordEnded' }
	| { readonly event: 'userNameChanged'; readonly from: string; readonly to: string }
	| { readonly event: 'emailLinked'; readonly email: string }
	| { readonly event: 'emailUnlinked'; readonly email: string }
	| { readonly event: 'enrolmentEndChanged'; readonly from: IsoDate; readonly to: IsoDate }
	| { readonly event: 'enrolled'; readonly until: IsoDate }
	/** By itself, when the enrolment ended. */
	| { readonly event: 'becameInactive'; readonly endedOn: IsoDate };

/** A row of *Account historiek* (product.md 33). */
export interface AccountHistoryItem {
	readonly key: Id;
	readonly at: Instant;
	/** null: it happened by itself. */
	readonly actorId: Id | null;
	/** The name of the mutation that was undone; null: it is no undo. */
	readonly undoes: string | null;
	readonly undone: boolean;
	readonly events: readonly AccountEvent[];
}

/** *Account historiek*: what happened to a pupil's account, the latest first. */
export function accountHistory(
	state: StateReader,
	pupilId: Id,
	today: IsoDate
): AccountHistoryItem[] {
	const items = describeHistory(state, pupilId, ['leerId', 'enrolment']);
	const first = items.findLastIndex(({ changes }) => changes.some(isCreation));
	const account = items.slice(0, first + 1).flatMap((item) => {
		const events = item.changes.flatMap((change) => eventsOf(item, change));
		const { key, at, actorId, undoes, undone } = item;
		return events.length > 0 ? [{ key, at, actorId, undoes, undone, events }] : [];
	});
	return [...becameInactive(state, pupilId, today), ...account];
}

/** *Detail account historiek*: account, cards and enrolment field by field, the latest first. */
export function accountHistoryInDetail(state: StateReader, pupilId: Id): HistoryItem[] {
	return describeHistory(state, pupilId, ['leerId', 'credentialCard', 'cardReceipt', 'enrolment']);
}

function isCreation({ op, kind }: DescribedChange): boolean {
	return op === 'add' && kind === 'leerId';
}

function becameInactive(state: StateReader, pupilId: Id, today: IsoDate): AccountHistoryItem[] {
	const { status, endsOn } = leerIdStatus(state, pupilId, today);
	if (status !== 'inactive' || endsOn === null) return [];
	const events: AccountEvent[] = [{ event: 'becameInactive', endedOn: endsOn }];
	const at = `${addDays(endsOn, 1)}T00:00:00.000Z`;
	return [{ key: `inactive ${endsOn}`, at, actorId: null, undoes: null, undone: false, events }];
}

function eventsOf(item: HistoryItem, { op, kind, fields }: DescribedChange): AccountEvent[] {
	const field = (name: string) => fields.find((each) => each.field === name);
	if (kind === 'enrolment') return enrolmentEvents(op, field('to'));
	if (op === 'remove') return [{ event: 'removed' }];
	if (op === 'add') {
		const userName = text(field('userName')?.to);
		return [{ event: 'created', userName, type: text(field('type')?.to) }];
	}
	const events: AccountEvent[] = [];
	const userName = field('userName');
	if (userName) {
		events.push({ event: 'userNameChanged', from: text(userName.from), to: text(userName.to) });
	}
	const email = field('email');
	if (email && email.from !== null)
		events.push({ event: 'emailUnlinked', email: text(email.from) });
	if (email && email.to !== null) events.push({ event: 'emailLinked', email: text(email.to) });
	if (field('secretId')) {
		events.push({ event: passwordEvents[item.mutation] ?? 'passwordRenewed' });
	}
	return events;
}

/** What became of the password, by what was done; else it was renewed. */
const passwordEvents: Readonly<Record<string, 'passwordChosen' | 'passwordEnded'>> = {
	'leerId.choosePassword@1': 'passwordChosen',
	'card.revoke@1': 'passwordEnded'
};

function enrolmentEvents(
	op: DescribedChange['op'],
	to: DescribedField | undefined
): AccountEvent[] {
	if (!to) return [];
	if (op === 'add') return [{ event: 'enrolled', until: text(to.to) }];
	if (op === 'remove') return [];
	return [{ event: 'enrolmentEndChanged', from: text(to.from), to: text(to.to) }];
}

function text(value: Json | undefined): string {
	return typeof value === 'string' ? value : '';
}
