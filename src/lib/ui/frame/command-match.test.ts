import { describe, expect, it } from 'vitest';
import { matchCommands, type Command } from './command-match.ts';

const command = (label: string, more: Partial<Command> = {}): Command => ({
	id: label,
	label,
	group: 'Acties',
	run: () => undefined,
	...more
});
const labels = (found: readonly Command[]): string[] => found.map(({ label }) => label);

describe('matchCommands', () => {
	const commands = [
		command('Kaarten afdrukken'),
		command('Leerlingen importeren', { words: 'edexml csv' }),
		command('Afdrukken instellen'),
		command('Zoë van der Berg', { detail: '3A', group: 'Leerlingen' })
	];
	it('finds by the beginning of any word, whatever the accents', () => {
		expect(labels(matchCommands(commands, 'zoe be'))).toEqual(['Zoë van der Berg']);
		expect(labels(matchCommands(commands, '3a'))).toEqual(['Zoë van der Berg']);
		expect(labels(matchCommands(commands, 'EDEX'))).toEqual(['Leerlingen importeren']);
	});
	it('puts first what begins with the words typed', () => {
		expect(labels(matchCommands(commands, 'afdr'))).toEqual([
			'Afdrukken instellen',
			'Kaarten afdrukken'
		]);
	});
	it('asks for every word', () => {
		expect(matchCommands(commands, 'kaarten csv')).toEqual([]);
	});
	it('shows the first ones while nothing is typed', () => {
		expect(matchCommands(commands, ' ', 2)).toHaveLength(2);
	});
});
