import fc from 'fast-check';
import { expect, it } from 'vitest';
import { allMutations, type MutationName } from '../registry/mutations.ts';
import { commands, randomCommands, readyForCommands } from './test-commands.ts';
import { TestSchool } from './test-school.ts';

/** Notes the mutations that changed something. */
class NotingSchool extends TestSchool {
	readonly changing = new Set<MutationName>();

	override make(...[name, args, by]: Parameters<TestSchool['make']>) {
		const apply = this.state.apply.bind(this.state);
		this.state.apply = (change) => {
			if (change.puts.length + change.removes.length > 0) this.changing.add(name);
			return apply(change);
		};
		const refusal = super.make(name, args, by);
		this.state.apply = apply;
		return refusal;
	}
}

it('random commands are of every mutation, and the rules take some of each', () => {
	const changing = new Set<MutationName>();
	for (const made of fc.sample(commands, { numRuns: 2000, seed: 1 })) {
		const school = new NotingSchool('a', 'b', 'c');
		readyForCommands(school);
		for (const [at, command] of made.entries()) command(school, at);
		for (const name of school.changing) changing.add(name);
	}
	const asked = allMutations.filter((name) => randomCommands[name] !== null);
	expect(asked.filter((name) => !changing.has(name))).toEqual([]);
});
