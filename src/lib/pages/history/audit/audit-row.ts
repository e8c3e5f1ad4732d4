import { nameOfActor } from '#lib/client/session/actor-name.ts';
import type { AuditLine } from '#lib/client/history/audit-log.svelte.ts';
import { isForward, rootOf } from '#lib/domain/history/standing.ts';
import { isMutationName } from '#lib/domain/registry/mutations.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { formatMoment, formatNumber } from '#lib/i18n/format.ts';
import { historyText } from '#lib/i18n/history-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { knownName, subjectName } from '../subject-name.ts';

/** An entry of the audit log in words. */
export interface AuditRow {
	readonly seq: number;
	/** null: the entry cannot be read. */
	readonly at: Instant | null;
	readonly who: string;
	readonly what: string;
	readonly about: string;
	/** It was asked, and not done. */
	readonly refused: boolean;
	readonly erased: boolean;
	readonly mark: string;
}

/** Names come from the school's own records: the log holds ids. */
export function auditRow(state: SchoolState, line: AuditLine): AuditRow {
	const { seq, body, erased, mark } = line;
	return {
		seq,
		at: body?.at ?? null,
		who: body && 'actorId' in body ? nameOfActor(state, body.actorId) : '',
		...whatOf(state, line),
		refused: body?.what === 'refused' || (body?.what === 'mutation' && body.refusal !== null),
		erased,
		mark
	};
}

function whatOf(
	state: SchoolState,
	{ body, subject }: AuditLine
): Pick<AuditRow, 'what' | 'about'> {
	switch (body?.what) {
		case undefined:
			return { what: m.audit_unreadable(), about: '' };
		case 'mutation':
			return body.mutation.startsWith('change.undo@')
				? undone(state, body.uid)
				: {
						what: actionText(body.mutation),
						about: nameOf(state, subject, body.uid)
					};
		case 'movedIn':
			return { what: m.audit_moved_in(), about: m.audit_records({ count: body.records }) };
		case 'signedOut':
			return { what: m.audit_signed_out(), about: nameOf(state, body.account) };
		case 'erased':
			return erased(body);
		case 'refused':
			return refused(body);
	}
}

function erased({
	seq,
	to = seq
}: Extract<AuditLine['body'], { what: 'erased' }>): Pick<AuditRow, 'what' | 'about'> {
	const number = formatNumber(seq);
	if (to === seq) return { what: m.audit_erasing(), about: m.audit_line_number({ number }) };
	return {
		what: m.audit_erasing_lines(),
		about: m.audit_line_numbers({ from: number, to: formatNumber(to) })
	};
}

/**
 * Returns the refused tries as one sum: the log does not keep what they were. The most important
 * come first.
 */
function refused({
	counts,
	from
}: Extract<AuditLine['body'], { what: 'refused' }>): Pick<AuditRow, 'what' | 'about'> {
	const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
	const { notAllowed = 0 } = counts;
	const since = m.audit_refused_since({ moment: formatMoment(from) });
	const forbidden = m.audit_refused_forbidden({ number: formatNumber(notAllowed) });
	return {
		what: m.audit_tried({ count, number: formatNumber(count) }),
		about: notAllowed === 0 ? since : `${forbidden} · ${since}`
	};
}

/** Returns the deed that an undo took back, as history says; a refused undo has none. */
function undone(state: SchoolState, uid: Id): Pick<AuditRow, 'what' | 'about'> {
	const entries = state.find('historyByUid', uid);
	const root = rootOf(state, uid);
	if (!root) return { what: m.audit_undone(), about: '' };
	const subjects = [...new Set(entries.map(({ subjectId }) => subjectId))];
	const [only = null] = subjects;
	return {
		what: historyText({
			mutation: root.mutation,
			undoes: root.mutation,
			again: isForward(state, uid)
		}),
		about:
			subjects.length === 1 ? nameOf(state, only) : m.history_subjects({ count: subjects.length })
	};
}

/** The server may be newer than this app. */
function actionText(mutation: string): string {
	return isMutationName(mutation)
		? historyText({ mutation, undoes: null, again: false })
		: m.audit_unknown_action();
}

/** @param uid of the mutation: where what it was about is gone, its history tells whom it concerned */
function nameOf(state: SchoolState, id: Id | null, uid?: Id): string {
	if (id === null) return '';
	const [entry] = uid === undefined ? [] : state.find('historyByUid', uid);
	return knownName(state, id) ?? subjectName(state, entry?.subjectId ?? id);
}
