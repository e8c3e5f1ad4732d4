import type { Component } from 'svelte';

/** Something that can be found and done from the palette. */
export interface Command {
	readonly id: string;
	readonly label: string;
	/** The detail that tells it from others of that name: a group, a number. */
	readonly detail?: string;
	readonly icon?: Component;
	/** Heading it stands under: *Leerlingen*, *Acties*. */
	readonly group: string;
	/** Other words it may be looked for by. */
	readonly words?: string;
	readonly run: () => void;
}

/** Ctrl K, or ⌘ K. */
export function isCommandsKey(event: KeyboardEvent): boolean {
	return event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
}

/** As typed on any keyboard: no accents, lower case. */
function fold(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}

/**
 * The commands in which every word typed begins a word, those whose label begins with it first. At
 * most `limit`; with nothing typed the first ones as they come.
 */
export function matchCommands(
	commands: readonly Command[],
	query: string,
	limit = 12
): readonly Command[] {
	const typed = fold(query).split(/\s+/).filter(Boolean);
	if (typed.length === 0) return commands.slice(0, limit);
	const scored: { command: Command; rank: number }[] = [];
	for (const command of commands) {
		const label = fold(command.label);
		const words = fold(`${command.label} ${command.detail ?? ''} ${command.words ?? ''}`).split(
			/[\s.,·-]+/
		);
		if (!typed.every((part) => words.some((word) => word.startsWith(part)))) continue;
		scored.push({ command, rank: label.startsWith(typed.join(' ')) ? 0 : 1 });
	}
	return scored
		.sort((a, b) => a.rank - b.rank)
		.slice(0, limit)
		.map(({ command }) => command);
}
