import * as v from 'valibot';
import type { ArgsOf, MutationName } from '#lib/domain/mutators.ts';
import { editOf, pair } from './edit-shape.ts';
import { importedRecord } from './imported-shape.ts';
import { parse } from './parse.ts';
import { account, cardKey, cardKeyPrivate, importRun, school } from './record-shapes.ts';
import { id } from './shapes.ts';

const issued = { secretId: id, cardId: id, printRunId: id };
const issuedKind = v.picklist(['word', 'image', 'temporary']);

type ArgsShapes = { readonly [Name in MutationName]: v.GenericSchema<unknown, ArgsOf<Name>> };

/** The arguments of every mutation there is. A released version's stay for good. */
const mutationArgs: ArgsShapes = {
	'school.create@1': v.strictObject({ school, account, cardKey, cardKeyPrivate }),
	'school.changeSettings@1': v.strictObject({ edit: editOf(school) }),
	'account.create@1': v.strictObject({ account }),
	'account.edit@1': v.strictObject({ accountId: id, edit: editOf(account) }),
	'account.archive@1': v.strictObject({ accountId: id }),
	'leerId.create@1': v.strictObject({
		...issued,
		leerIdId: id,
		pupilId: id,
		type: v.picklist(['basic', 'advanced']),
		userName: v.string(),
		passwordKind: issuedKind
	}),
	'leerId.renew@1': v.strictObject({ ...issued, leerIdId: id, fromSecretId: id }),
	'leerId.adjust@1': v.strictObject({
		...issued,
		leerIdId: id,
		fromSecretId: id,
		userName: pair(v.string()),
		passwordKind: issuedKind
	}),
	'leerId.choosePassword@1': v.strictObject({ leerIdId: id, fromSecretId: id, secretId: id }),
	'leerId.linkEmail@1': v.strictObject({
		leerIdId: id,
		email: v.strictTuple([v.nullable(v.string()), v.string()])
	}),
	'leerId.signedIn@1': v.strictObject({ leerIdId: id }),
	'print.start@1': v.strictObject({ printRunId: id, title: v.string(), cardCount: v.number() }),
	'print.saved@1': v.strictObject({ printRunId: id }),
	'import.start@1': v.strictObject({ run: importRun }),
	'import.write@1': v.strictObject({ importRunId: id, records: v.array(importedRecord) }),
	'change.undo@1': v.strictObject({ uid: id, except: v.array(id) })
};

/** Whether this endpoint knows a mutation of this name and version. */
export function isMutationName(name: string): name is MutationName {
	return Object.hasOwn(mutationArgs, name);
}

/** A mutation's arguments, from the wire; null where they are not of its shape. Never throws. */
export function parseArgs<Name extends MutationName>(
	name: Name,
	value: unknown
): ArgsOf<Name> | null {
	return parse<ArgsOf<Name>>(mutationArgs[name], value);
}
