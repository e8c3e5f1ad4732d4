/** A browser driven as a person uses it: by what stands on the screen. */
export interface Engine {
	open(url: string): Promise<void>;
	click(kind: 'button' | 'link', name: string): Promise<void>;
	/** Types in the field with this label, in place of what it held. */
	fill(label: string, text: string): Promise<void>;
	/** Waits until the page says this. */
	see(text: string): Promise<void>;
	/** Waits until a script of one expression returns something true. */
	until(expression: string): Promise<void>;
	quit(): Promise<void>;
}

/** How long anything may take on a busy machine, in milliseconds. */
export const patience = 60_000;

/**
 * An expression that finds what a person means, `null` while it is not there. Of several, the last:
 * a dialog lies over the page.
 */
export function finding(kind: 'button' | 'link' | 'field', name: string): string {
	const selector = { button: 'button', link: 'a[href]', field: 'input' }[kind];
	const text = kind === 'field' ? 'element.labels?.[0]?.textContent' : 'element.textContent';
	return `Array.from(document.querySelectorAll(${JSON.stringify(selector)})).findLast((element) =>
		element.checkVisibility() && !element.disabled &&
		(${text} ?? '').replace('*', '').trim() === ${JSON.stringify(name)}) ?? null`;
}

export function saying(text: string): string {
	return `document.body.innerText.includes(${JSON.stringify(text)})`;
}
