import type { Found } from '../kill.page.ts';
import { importedNumbers, schoolName, type WorkName } from './kill-works.ts';

/** A work that was cut off, and what the screen had shown of it by then. */
export interface CutOff {
	readonly work: WorkName;
	readonly round: number;
	readonly shown: readonly string[];
	/** The passwords that the browser had handed over as a file, by user name. */
	readonly printed: Readonly<Record<string, string>> | null;
}

/** Returns what was shown and is not there, or is there by halves; empty when nothing is lost. */
export function lossesOf(before: Found, after: Found, cut: CutOff): string[] {
	const losses = [...unreadable(after), ...checks[cut.work](before, after, cut)];
	return losses.map((loss) => `${cut.work} ${cut.round}: ${loss}`);
}

type Check = (before: Found, after: Found, cut: CutOff) => string[];

const checks: Readonly<Record<WorkName, Check>> = {
	commit: (before, after, { round, shown }) => [
		...same('pupils', before.pupilNumbers, after.pupilNumbers),
		...same('accounts', before.accounts, after.accounts),
		...(saveOf(after.schoolName, before, round) < lastShown(shown)
			? [`shown up to ${lastShown(shown)}, found ${after.schoolName}`]
			: [])
	],
	import: (before, after, { round, shown }) => {
		const all = [...before.pupilNumbers, ...importedNumbers(round)].sort();
		const wasDone = after.importRuns > before.importRuns;
		return [
			...same('accounts', before.accounts, after.accounts),
			...same('pupils', wasDone ? all : before.pupilNumbers, after.pupilNumbers),
			...(shown.length > 0 && !wasDone ? ['shown as done, and not there'] : [])
		];
	},
	renewal: (before, after, { shown, printed }) => {
		const wasDone = after.runs.length > before.runs.length;
		const seen = shown.length > 0 || printed !== null;
		return [
			...same('pupils', before.pupilNumbers, after.pupilNumbers),
			...(wasDone ? renewed(before, after) : same('accounts', before.accounts, after.accounts)),
			...(seen && !wasDone ? ['shown as done, and not there'] : []),
			...(printed && wasDone ? printedHolds(after, printed) : [])
		];
	}
};

/** Nobody may have a password that no paper can tell: neither one that was lost, nor one unseen. */
function unreadable({ accounts, runs }: Found): string[] {
	const dayAgo = Date.now() - 24 * 60 * 60_000;
	const printable = new Set(
		runs.filter(({ madeAt }) => Date.parse(madeAt) > dayAgo).map(({ id }) => id)
	);
	return accounts
		.filter(({ secret, printableIn }) => !secret || !printableIn.some((id) => printable.has(id)))
		.map(({ userName }) => `nobody can print the password of ${userName}`);
}

function renewed(before: Found, after: Found): string[] {
	const old = new Map(before.accounts.map(({ userName, secretId }) => [userName, secretId]));
	const known = new Set(before.runs.map(({ id }) => id));
	return after.accounts
		.filter(
			({ userName, secretId, printableIn }) =>
				old.get(userName) === secretId || !printableIn.some((id) => !known.has(id))
		)
		.map(({ userName }) => `${userName} was not renewed with the others`);
}

function printedHolds({ accounts }: Found, printed: Readonly<Record<string, string>>): string[] {
	return accounts
		.filter(({ userName, secret }) => {
			if (!secret) return true;
			return printed[userName] !== (secret.kind === 'image' ? '' : secret.text);
		})
		.map(({ userName }) => `what was printed for ${userName} does not hold`);
}

/** Which save of the round the school has the name of; 0: none yet. */
function saveOf(name: string, before: Found, round: number): number {
	if (name === before.schoolName) return 0;
	const save = Number(/-(\d+)$/.exec(name)?.[1] ?? -1);
	return name === schoolName(round, save) ? save : -1;
}

function lastShown(shown: readonly string[]): number {
	return Math.max(0, ...shown.map((text) => Number(/-(\d+)$/.exec(text)?.[1] ?? 0)));
}

function same(what: string, one: unknown, other: unknown): string[] {
	return JSON.stringify(one) === JSON.stringify(other) ? [] : [`${what} are not as they were`];
}
