import * as v from 'valibot';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutators.ts';
import { editOf, pair } from './edit-shape.ts';
import { importedRecord } from './imported-shape.ts';
import { parse } from './parse.ts';
import {
	account,
	cardKey,
	cardKeyPrivate,
	givenAccount,
	givenSchool,
	importRun,
	school
} from './record-shapes.ts';
import { id, instant } from './shapes.ts';

const issued = { secretId: id, cardId: id, printRunId: id };
const accountSecret = { accountId: id, fromSecretId: v.nullable(id), secretId: id };
const newEmail = v.strictTuple([v.nullable(v.string()), v.string()]);
const issuedKind = v.picklist(['word', 'image', 'temporary']);

type ArgsShapes = { readonly [Name in MutationName]: v.GenericSchema<unknown, ArgsOf<Name>> };

/** The arguments of every mutation there is. A released version's stay for good. */
const mutationArgs: ArgsShapes = {
	'school.create@1': v.strictObject({
		school: givenSchool,
		account: givenAccount,
		cardKey,
		cardKeyPrivate
	}),
	'school.changeSettings@1': v.strictObject({ edit: editOf(school) }),
	'account.create@1': v.strictObject({ account: givenAccount }),
	'account.edit@1': v.strictObject({ accountId: id, edit: editOf(account) }),
	'account.archive@1': v.strictObject({ accountId: id }),
	'account.renew@1': v.strictObject(accountSecret),
	'account.reopen@1': v.strictObject(accountSecret),
	'account.choosePassword@1': v.strictObject(accountSecret),
	'account.changeEmail@1': v.strictObject({ accountId: id, email: newEmail }),
	'signIn.block@1': v.strictObject({
		accountId: id,
		cause: v.picklist(['wrongPasswords', 'administration'])
	}),
	'signIn.unblock@1': v.strictObject({ accountId: id }),
	'signIn.report@1': v.strictObject({ reportId: id, accountId: id }),
	'signIn.settleReport@1': v.strictObject({ reportId: id }),
	'guardianAccess.choose@1': v.strictObject({ pupilId: id, allowed: v.boolean() }),
	'guardianAccess.record@1': v.strictObject({
		pupilId: id,
		allowed: v.boolean(),
		consent: v.string(),
		seen: v.nullable(instant)
	}),
	'leerId.create@1': v.strictObject({
		...issued,
		leerIdId: id,
		pupilId: id,
		type: v.picklist(['basic', 'advanced']),
		userName: v.string(),
		passwordKind: issuedKind
	}),
	'leerId.renew@1': v.strictObject({ ...issued, leerIdId: id, fromSecretId: v.nullable(id) }),
	'leerId.adjust@1': v.strictObject({
		...issued,
		leerIdId: id,
		fromSecretId: v.nullable(id),
		userName: pair(v.string()),
		passwordKind: issuedKind
	}),
	'leerId.choosePassword@1': v.strictObject({ leerIdId: id, fromSecretId: id, secretId: id }),
	'leerId.linkEmail@1': v.strictObject({
		leerIdId: id,
		email: newEmail
	}),
	'leerId.signedIn@1': v.strictObject({ leerIdId: id }),
	'card.revoke@1': v.strictObject({ cardId: id }),
	'card.handOut@1': v.strictObject({ cardId: id, ticked: v.picklist(['scan', 'hand']) }),
	'card.takeBack@1': v.strictObject({ cardId: id, fromActorId: v.optional(id) }),
	'handOut.close@1': v.strictObject({
		handOutId: id,
		of: v.picklist(['group', 'printRun']),
		ofId: id
	}),
	'cardKey.rotate@1': v.strictObject({ fromKeyId: id, publicKey: v.string(), cardKeyPrivate }),
	'print.start@1': v.strictObject({ printRunId: id, title: v.string(), cardCount: v.number() }),
	'print.saved@1': v.strictObject({ printRunId: id }),
	'import.start@1': v.strictObject({ run: importRun }),
	'import.write@1': v.strictObject({ importRunId: id, records: v.array(importedRecord) }),
	'import.write@2': v.strictObject({
		importRunId: id,
		records: v.array(importedRecord),
		decided: v.array(id)
	}),
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
