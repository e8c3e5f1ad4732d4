import { importMutations } from '#lib/domain/import/import-commands.ts';
import { planImport } from '#lib/domain/import/plan-import.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Story } from './story.ts';

interface ImportedFile {
	readonly actor: Actor;
	readonly at: Instant;
	readonly fileName: string;
	readonly roster: Roster;
}

/** Imports a file that is the whole school. Throws on a doubt: there is nobody to decide it. */
export function importFile(story: Story, { actor, at, fileName, roster }: ImportedFile): void {
	const { state, random } = story;
	const today = at.slice(0, 10);
	const plan = planImport(state, roster, { today, newId: random.id, whole: true });
	const unclear = plan.people.find(({ doubts }) => doubts.length > 0);
	if (unclear) throw new Error(`${fileName} ${unclear.line}: ${JSON.stringify(unclear.doubts)}`);
	const batch = random.id();
	const made = { importRunId: random.id(), actorId: actor.id, madeAt: at, fileName };
	for (const { name, args } of importMutations(plan, {}, made)) {
		story.make(name, args, { actor, at, batch });
	}
}
