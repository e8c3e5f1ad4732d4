import { identityDifferences } from '../people/identity/same-person.ts';
import type { AnyRecord, History, RecordChange } from '../registry/records.ts';
import type { CredentialCard } from '../credentials/kinds.ts';
import type { Id, Instant, Json } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';
import { rootOf } from './standing.ts';

/** A record to write, or null to remove what is there, for a subject. */
export interface UndoStep {
	readonly subjectId: Id;
	readonly before: AnyRecord | undefined;
	readonly after: AnyRecord | null;
}

/** Why a pupil whom an import added stays when it is undone: somebody uses the account by now. */
export type KeptBecause = 'signedIn' | 'guardianAccount';

/** Tells whether these entries wrote what a file brought, or took it back, or did so again. */
export function isOfImport(state: StateReader, entries: readonly History[]): boolean {
	const [first] = entries;
	return first !== undefined && (rootOf(state, first.uid)?.mutation ?? '').startsWith(writePrefix);
}

const writePrefix = 'import.write@';

/**
 * Tells whether an undo of an import goes by the rule below for it, and not by what its history
 * says.
 */
export function isCredential({ kind }: RecordChange): boolean {
	return kind === 'leerId' || kind === 'credentialCard';
}

/** Returns why a pupil whom an import added stays when it is undone; null: they go with their account. */
export function keptBecause(state: StateReader, pupilId: Id): KeptBecause | null {
	for (const { lastSignInAt, passwordKind, email } of state.find('leerIdByPupil', pupilId)) {
		if (lastSignInAt !== null || passwordKind === 'own' || email !== null) return 'signedIn';
	}
	const isLinked = state
		.find('guardianshipByPupil', pupilId)
		.some(({ guardianId }) => state.find('accountByGuardian', guardianId).length > 0);
	return isLinked ? 'guardianAccount' : null;
}

/**
 * The steps for LeerIDs and cards when an entry of an import is taken back. Of a pupil who goes,
 * the LeerID goes too and the cards become *Ingetrokken*: they may be on paper. Of a pupil who
 * becomes somebody else again, the cards made since are on paper in the wrong name, and are revoked
 * with their password. Done again, the LeerID is back, and its cards stay revoked: nobody knows
 * where that paper is. null: the pupil stays.
 */
export function credentialSteps(
	state: StateReader,
	entry: History,
	madeAt: Instant
): UndoStep[] | null {
	const { subjectId, changes } = entry;
	if (changes.some(({ op, kind }) => op === 'add' && kind === 'pupil')) {
		return keptBecause(state, subjectId) ? null : goingSteps(state, subjectId, madeAt);
	}
	const returning = changes.flatMap((change) =>
		change.op === 'remove' && change.before.kind === 'leerId' ? [change.before] : []
	);
	if (returning.some(({ kind, id }) => state.get(kind, id))) return null;
	const back = returning.map((leerId) => ({
		subjectId,
		before: undefined,
		after: { ...leerId, secretId: null }
	}));
	const isOther = changes.some(changesIdentity);
	return isOther ? [...back, ...revokingSteps(state, entry, madeAt)] : back;
}

function goingSteps(state: StateReader, pupilId: Id, madeAt: Instant): UndoStep[] {
	const steps: UndoStep[] = state
		.find('leerIdByPupil', pupilId)
		.map((leerId) => ({ subjectId: pupilId, before: leerId, after: null }));
	for (const card of state.find('cardByPupil', pupilId)) {
		if (card.state !== 'revoked') steps.push(revoked(card, madeAt));
	}
	return steps;
}

function revokingSteps(
	state: StateReader,
	{ subjectId, madeAt: since }: History,
	madeAt: Instant
): UndoStep[] {
	const steps: UndoStep[] = [];
	for (const card of state.find('cardByPupil', subjectId)) {
		if (card.state !== 'current' || card.madeAt < since) continue;
		steps.push(revoked(card, madeAt));
		const leerId = state.get('leerId', card.leerIdId);
		// A password that the pupil chose since is not on the card.
		if (leerId?.secretId === card.secretId) {
			steps.push({ subjectId, before: leerId, after: { ...leerId, secretId: null } });
		}
	}
	return steps;
}

function revoked(card: CredentialCard, madeAt: Instant): UndoStep {
	const endedAt = card.endedAt ?? madeAt;
	return { subjectId: card.pupilId, before: card, after: { ...card, state: 'revoked', endedAt } };
}

/** A sex is on no card, and corrects nobody into somebody else. */
function changesIdentity(change: RecordChange): boolean {
	if (change.op !== 'edit' || (change.kind !== 'pupil' && change.kind !== 'pupilIdentity')) {
		return false;
	}
	const side = (which: 0 | 1): Readonly<Record<string, Json>> =>
		Object.fromEntries(Object.entries(change.fields).map(([field, pair]) => [field, pair[which]]));
	const differs = identityDifferences(side(0), side(1));
	return differs.some((field) => field !== 'sex');
}
