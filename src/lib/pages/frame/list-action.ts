import type { Component } from 'svelte';
import type { Right } from '#lib/domain/kernel/actor.ts';

/** An action for the rows that are ticked; shown to those who have one of the rights. */
export interface ListAction {
	readonly label: string;
	readonly rights: readonly Right[];
	/** The page where it is done, or else what does it here. */
	readonly href?: string;
	readonly onclick?: () => void;
}

/** The text of a list before there is anything in it, and the page where one begins. */
export interface EmptyList {
	readonly icon: Component;
	readonly title: string;
	readonly text?: string;
	readonly action?: {
		readonly label: string;
		readonly icon?: Component;
		readonly href: string;
		/** Without one of these nobody is sent there. */
		readonly rights: readonly Right[];
	};
}
