import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';

/** What a person typed and ticked in a list. Whoever makes it decides how long it is kept. */
export class ListChoice {
	/** What was typed to search by; never in the address. */
	text = $state('');
	readonly selection = new TableSelection();
}
