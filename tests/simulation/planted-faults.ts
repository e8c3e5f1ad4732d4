import { registerHooks } from 'node:module';

/** A module of the app, and what is put behind its last line: there its functions can be given another sense. */
interface Graft {
	readonly module: `${string}.ts`;
	readonly code: string;
}

/** Without this the store itself would stop a writer that replaces an entry of the history. */
const historyReplaced: Graft = {
	module: 'src/lib/server/store/write-change.ts',
	code: `
		const writeAfter = writeChange;
		writeChange = async (tx, change, ...rest) => {
			for (const { kind, id } of change.puts) {
				if (kind !== 'history') continue;
				await tx.db.deleteFrom('record').where('kind', '=', kind).where('id', '=', id).execute();
			}
			return writeAfter(tx, change, ...rest);
		};`
};

/**
 * Faults that the server could have, by what it no longer does. Each must be found within a thousand
 * runs, or the simulation does not look where it says it does.
 */
const faults = {
	/** A uid runs as often as it comes. */
	uidNotChecked: [
		{
			module: 'src/lib/server/sync/school-writing.ts',
			code: 'SchoolWriting.prototype.outcomeOf = () => null;'
		},
		{
			module: 'src/lib/server/store/clients.ts',
			code: `
				const addAfter = addOutcomes;
				addOutcomes = async (tx, outcomes, ...rest) => {
					const last = new Map(outcomes.map((outcome) => [outcome.uid, outcome]));
					for (const uid of last.keys()) {
						await tx.db.deleteFrom('outcome').where('uid', '=', uid).execute();
					}
					return addAfter(tx, [...last.values()], ...rest);
				};`
		},
		historyReplaced
	],
	/** Of what moved in, and of what the server made itself, the uids are free. */
	ownUidsForgotten: [
		{
			module: 'src/lib/server/store/clients.ts',
			code: `
				addKnownUids = async () => {};
				const addSent = addOutcomes;
				addOutcomes = (tx, outcomes, ...rest) =>
					addSent(tx, outcomes.filter(({ client }) => client !== noClient), ...rest);`
		},
		historyReplaced
	],
	othersOutboxTaken: [
		{
			module: 'src/lib/server/sync/numbering.ts',
			code: `
				const numberOwn = numberingOf;
				numberingOf = (mutations, about) => {
					const own = ({ mutation, ...sent }) => {
						return { ...sent, mutation: { ...mutation, actorId: about.account } };
					};
					return numberOwn(mutations.map(own), about);
				};`
		}
	],
	sessionNotCompared: [
		{
			module: 'src/lib/server/sync/sync.ts',
			code: `
				const handleOwn = handleSync;
				handleSync = (schools, request, caller) =>
					handleOwn(schools, request, { ...caller, account: request.account });`
		}
	],
	rightsNotAsked: [{ module: 'src/lib/domain/registry/rights.ts', code: 'may = () => true;' }],
	undoByAnybody: [
		{ module: 'src/lib/domain/history/undo-rules.ts', code: 'mayUndo = () => true;' }
	],
	undoForEver: [
		{ module: 'src/lib/domain/history/undo-rules.ts', code: 'isTooLate = () => false;' }
	],
	scopeTooWide: [
		{
			module: 'src/lib/server/sync/pull.ts',
			code: `
				const pullHeld = pull;
				pull = (tx, asked) =>
					pullHeld(tx, { ...asked, held: new Set([...asked.held, 'school/contact']) });`
		}
	],
	cookieBelieved: [
		{
			module: 'src/lib/server/sync/pull.ts',
			code: `
				const pullHeld = pull;
				pull = (tx, asked) =>
					pullHeld(tx, { ...asked, held: new Set([...asked.held, ...(asked.cookie?.scopes ?? [])]) });`
		}
	],
	/** A password that somebody brings takes the place of the one that is kept under its id. */
	secretsReplaced: [
		{
			module: 'src/lib/server/sync/secret-table.ts',
			code: `
				secretOwners = async () => new Map();
				const keepNew = keepSecrets;
				keepSecrets = async (tx, brought, ...rest) => {
					const last = new Map(brought.map((secret) => [secret.id, secret]));
					await forgetSecrets(tx, [...last.keys()]);
					return keepNew(tx, [...last.values()], ...rest);
				};`
		}
	],
	/** Nobody asks who owns a password that is kept already. */
	secretsBorrowed: [
		{
			module: 'src/lib/server/sync/secret-table.ts',
			code: `
				const ownersOf = secretOwners;
				secretOwners = async () => new Map();
				const keepAll = keepSecrets;
				keepSecrets = async (tx, brought, ...rest) => {
					const kept = await ownersOf(tx, brought.map(({ id }) => id));
					const left = new Map(brought.map((secret) => [secret.id, secret]));
					for (const id of kept.keys()) left.delete(id);
					return keepAll(tx, [...left.values()], ...rest);
				};`
		}
	],
	endedSessionsHeard: [
		{
			module: 'src/lib/server/sync/sync.ts',
			code: `
				const handleOpen = handleSync;
				handleSync = (schools, request, caller) =>
					handleOpen(schools, request, { ...caller, isStillIn: async () => true });`
		}
	],
	datesBelieved: [
		{ module: 'src/lib/server/sync/school-day.ts', code: 'clampMadeAt = (madeAt) => madeAt;' }
	],
	removalsLost: [
		{ module: 'src/lib/server/store/write-change.ts', code: 'removeRecords = async () => {};' }
	]
} as const satisfies Readonly<Record<string, readonly Graft[]>>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];

/** The modules that a fault is planted in, from the project's root. */
export function graftedBy(name: FaultName): readonly string[] {
	return faults[name].map(({ module }) => module);
}

/** Puts a fault into every module that this thread loads from here on. The files stay as they are. */
export function plant(name: FaultName): void {
	const root = new URL('../../', import.meta.url);
	const code = new Map<string, string>();
	for (const { module, code: graft } of faults[name]) {
		const { href } = new URL(module, root);
		code.set(href, `${code.get(href) ?? ''}\n${graft}\n`);
	}
	registerHooks({
		load(url, context, nextLoad) {
			const loaded = nextLoad(url, context);
			const graft = code.get(url);
			if (graft === undefined) return loaded;
			const { source } = loaded;
			const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
			return { ...loaded, source: text + graft };
		}
	});
}
