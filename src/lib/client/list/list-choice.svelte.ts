import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';

/** The text and ticks of a person in a list. Its maker decides how long it is kept. */
export class ListChoice {
	/** The text that was typed to search by; never in the address. */
	text = $state('');
	readonly selection = new TableSelection();
}
