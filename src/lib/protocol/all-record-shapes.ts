import * as v from 'valibot';
import type { AnyRecord, History, Records } from '#lib/domain/registry/records.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { account, cardKey, cardKeyPrivate, imported, importRun, school } from './record-shapes.ts';
import { count, id, instant, json, kind, recordId } from './shapes.ts';

const text = v.string();

const change = v.variant('op', [
	v.strictObject({ op: v.literal('add'), kind, id: recordId }),
	v.strictObject({
		op: v.literal('edit'),
		kind,
		id: recordId,
		fields: v.record(text, v.strictTuple([json, json]))
	}),
	v.strictObject({ op: v.literal('remove'), kind, id: recordId, before: v.lazy(() => anyRecord) })
]);

const history: v.GenericSchema<unknown, History> = v.strictObject({
	kind: v.literal('history'),
	id: recordId,
	uid: id,
	batch: v.nullable(id),
	mutation: text,
	actorId: id,
	madeAt: instant,
	undoes: v.nullable(id),
	subjectId: id,
	changes: v.array(change)
});

type RecordShapes = { readonly [K in Kind]: v.GenericSchema<unknown, Records[K]> };

/** Every kind of record, strictly: what a school brings that was made without an endpoint. */
const records: RecordShapes = {
	...imported,
	school,
	account,
	cardKey,
	cardKeyPrivate,
	importRun,
	history,
	leerId: v.strictObject({
		kind: v.literal('leerId'),
		id,
		pupilId: id,
		type: v.picklist(['basic', 'advanced']),
		userName: text,
		passwordKind: v.picklist(['word', 'image', 'temporary', 'own']),
		secretId: v.nullable(id),
		email: v.nullable(text),
		mustChange: v.boolean(),
		createdAt: instant,
		lastSignInAt: v.nullable(instant)
	}),
	credentialCard: v.strictObject({
		kind: v.literal('credentialCard'),
		id,
		pupilId: id,
		leerIdId: id,
		issue: count,
		secretId: id,
		printRunId: id,
		state: v.picklist(['current', 'replaced', 'revoked']),
		madeAt: instant,
		endedAt: v.nullable(instant)
	}),
	cardReceipt: v.strictObject({
		kind: v.literal('cardReceipt'),
		id,
		pupilId: id,
		issue: count,
		receivedAt: instant,
		actorId: id,
		ticked: v.picklist(['scan', 'hand'])
	}),
	handOut: v.strictObject({
		kind: v.literal('handOut'),
		id,
		of: v.picklist(['group', 'printRun']),
		ofId: id,
		title: text,
		closedAt: instant,
		actorId: id,
		received: count,
		missing: count
	}),
	printRun: v.strictObject({
		kind: v.literal('printRun'),
		id,
		madeAt: instant,
		actorId: id,
		title: text,
		cardCount: count,
		savedAt: v.nullable(instant)
	}),
	signInBlock: v.strictObject({
		kind: v.literal('signInBlock'),
		id,
		since: instant,
		cause: v.picklist(['wrongPasswords', 'administration'])
	}),
	signInReport: v.strictObject({
		kind: v.literal('signInReport'),
		id,
		accountId: id,
		madeAt: instant
	}),
	guardianAccess: v.strictObject({
		kind: v.literal('guardianAccess'),
		id,
		allowed: v.boolean(),
		consent: v.nullable(text),
		decidedAt: instant
	})
};

export const anyRecord: v.GenericSchema<unknown, AnyRecord> = v.lazy((value) => {
	const name = (value as { readonly kind?: unknown } | null)?.kind;
	const known = typeof name === 'string' && Object.hasOwn(records, name);
	return known ? records[name as Kind] : v.never();
});
