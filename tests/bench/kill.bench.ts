import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KillRun } from './support/kill-run.ts';
import { works, type WorkName } from './support/kill-works.ts';
import { figure, report } from './support/report.ts';

/** How many times each work is killed: at each of its writes, and at moments from start to end. */
const [each = 36] = process.argv.slice(2).map(Number);
const names = Object.keys(works) as WorkName[];

const profile = mkdtempSync(join(tmpdir(), 'kill-'));
const run = await KillRun.start(profile);
let points = 0;
const lost: string[] = [];
for (let round = 1; round <= each; round++) {
	for (const work of names) {
		const { steps, lasts } = works[work];
		// Every other one by the clock, for what writes nothing: printing, and what the screen shows.
		// Most happens soon after the start.
		const at =
			round % 2 === 0
				? { step: 1 + ((round / 2 - 1) % steps) }
				: { after: ((round - Math.random()) / each) ** 2 * lasts };
		const losses = await run.kill(work, points, at);
		points++;
		lost.push(...losses);
		for (const loss of losses) console.log(`LOST ${loss}`);
	}
	console.log(`${points} kills, ${lost.length} losses`);
}
await run.end();
rmSync(profile, { recursive: true, force: true });

report([figure('kill-points', points, 'kills'), figure('kill-lost', lost.length, 'losses')]);
