import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/setup.mjs';
import { firstScreenKb } from './support/first-screen.ts';
import { against, figure, report } from './support/report.ts';

/** Languages that there might be one day; here each has the words of Dutch. */
const more = ['ar', 'de', 'es', 'fr', 'pl', 'tr', 'uk', 'zh'];

const sources = [
	...['src', 'static', 'entry', 'scripts', 'package.json', 'svelte.config.js', 'vite.config.ts'],
	...['tsconfig.json', 'tsconfig.service-worker.json']
];

/** Builds the app with those languages too, in a folder of its own. Returns the folder. */
function buildWithMore(): string {
	const project = mkdtempSync(join(tmpdir(), 'words-'));
	for (const source of sources) {
		cpSync(join(root, source), join(project, source), { recursive: true });
	}
	symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'dir');
	for (const tag of more) {
		const messages = join(project, 'src/lib/i18n/messages');
		cpSync(join(messages, 'nl'), join(messages, tag), { recursive: true });
	}
	change(join(project, 'src/lib/i18n/project.inlang/settings.json'), /"en"\]/, [
		`"en", ${more.map((tag) => `"${tag}"`).join(', ')}]`
	]);
	change(join(project, 'src/lib/domain/kernel/languages.ts'), /(en: \{.*\})\n/, [
		'$1',
		...more.map((tag) => `${tag}: { tag: '${tag}', name: '${tag}', direction: 'ltr' }`)
	]);
	const vite = join(root, 'node_modules/vite/bin/vite.js');
	const built = spawnSync(process.execPath, [vite, 'build'], { cwd: project, encoding: 'utf8' });
	if (built.status !== 0) throw new Error(`It could not be built: ${built.stdout}${built.stderr}`);
	return project;
}

function change(file: string, what: RegExp, into: readonly string[]): void {
	const text = readFileSync(file, 'utf8');
	if (!what.test(text)) throw new Error(`${file} is not as expected`);
	writeFileSync(file, text.replace(what, `${into.join(',\n')}\n`));
}

const today = await firstScreenKb();
const project = buildWithMore();
const withMore = await firstScreenKb(project);
rmSync(project, { recursive: true, force: true });

report([
	against('words-first', withMore, today, 'kB'),
	figure('words-eight', withMore - today, 'kB')
]);
