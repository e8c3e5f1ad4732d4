// Finds what changed, for `npm test -- quick`.
import { spawnSync } from 'node:child_process';
import { root } from './setup.mjs';

/**
 * @typedef {{ since: string; files: string[] }} Changes
 *   a commit, in words; and paths from the root, of files that may be gone
 */

/**
 * Returns the files that were committed since a commit, those not committed yet, and new ones.
 *
 * @param {string} [commit] where this branch left main, by default; on main itself, its last commit
 * @returns {Changes}
 * @throws Error for a commit that is not there
 */
export function changesSince(commit) {
	const base = commit ? git('rev-parse', '--verify', `${commit}^{commit}`) : whereMainWasLeft();
	const files = [
		...git('diff', '--name-only', '-z', '--no-renames', base).split('\0'),
		...git('ls-files', '-z', '--others', '--exclude-standard').split('\0')
	];
	const since = git('log', '-1', '--format=%h (%s)', base);
	return { since, files: [...new Set(files)].filter((file) => file !== '') };
}

function whereMainWasLeft() {
	for (const main of ['main', 'origin/main']) {
		const { status, stdout } = run('merge-base', 'HEAD', main);
		if (status === 0) return stdout.trim();
	}
	return git('rev-parse', 'HEAD');
}

/** @param {string[]} args */
function git(...args) {
	const { status, stdout, stderr } = run(...args);
	if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr.trim()}`);
	return stdout.trim();
}

/** @param {string[]} args */
function run(...args) {
	return spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}
