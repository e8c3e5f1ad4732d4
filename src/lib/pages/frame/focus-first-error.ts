import { tick } from 'svelte';

/** Brings whoever sent a form to the first field that has to be looked at. */
export function focusFirstError(form: HTMLElement | undefined): void {
	void tick().then(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
