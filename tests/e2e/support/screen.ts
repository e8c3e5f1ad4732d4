import type { Page } from '@playwright/test';

/** 1280 × 1024 at 400 %, as WCAG 1.4.10 has it. */
const zoomed = { width: 320, height: 256 };

/** Returns what does not fit on a screen as wide as it is: nothing is scrolled for sideways. */
export async function sidewaysFaults(page: Page): Promise<string[]> {
	const { scrollWidth, clientWidth } = await page
		.locator('html')
		.evaluate((html) => ({ scrollWidth: html.scrollWidth, clientWidth: html.clientWidth }));
	return scrollWidth > clientWidth + 1 ? [`${scrollWidth} of ${clientWidth} px`] : [];
}

/** Returns what does not fit at 400 %, read from the left and from the right. */
export async function zoomFaults(page: Page): Promise<string[]> {
	const before = page.viewportSize() ?? zoomed;
	await page.setViewportSize(zoomed);
	const faults = await sidewaysFaults(page);
	await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'));
	faults.push(...(await sidewaysFaults(page)));
	await page.locator('html').evaluate((html) => html.removeAttribute('dir'));
	await page.setViewportSize(before);
	return faults;
}

interface Watching extends Window {
	readonly focusFaults: () => string[];
}

/**
 * Returns what somebody with a keyboard misses on a screen: controls that Tab does not lead to, and
 * such where nothing shows that it did.
 */
export async function keyboardFaults(page: Page): Promise<string[]> {
	const stops = await page.evaluate(watchFocus);
	for (let step = 0; step < stops; step++) await page.keyboard.press('Tab');
	return page.evaluate(() => (window as unknown as Watching).focusFaults());
}

/**
 * Runs in the page: focuses the first control and notes what happens to the others. Returns how many
 * there are, of those that one Tab after another should lead to.
 */
function watchFocus(): number {
	const controls = [
		...document.querySelectorAll<HTMLElement>(
			'a[href], button, input, select, textarea, summary, [tabindex]'
		)
	].filter((control) => {
		const { type, checked, name, disabled } = control as HTMLInputElement;
		const group = type === 'radio' && name !== '' ? `input[name="${CSS.escape(name)}"]` : '';
		// Of a group of radio buttons Tab leads to the one that is on.
		const isOther = group !== '' && !checked && document.querySelector(`${group}:checked`) !== null;
		return (
			control.tabIndex >= 0 &&
			!disabled &&
			!isOther &&
			!control.closest('[inert]') &&
			control.checkVisibility({ visibilityProperty: true })
		);
	});
	// The element that shows it may be the label around it, or what is drawn beside it.
	const look = (control: HTMLElement): string => {
		const around = [control.parentElement, control.closest('label'), control.closest('[role=row]')];
		return [control, ...around, control.nextElementSibling]
			.flatMap((each) => {
				if (!each) return [];
				const { outline, boxShadow, backgroundColor, borderColor } = getComputedStyle(each);
				return [outline, boxShadow, backgroundColor, borderColor];
			})
			.join(' ');
	};
	const [first] = controls;
	first?.focus();
	const reached = new Map<HTMLElement, string>();
	document.addEventListener('focusin', ({ target }) => {
		if (target instanceof HTMLElement) reached.set(target, look(target));
	});
	const nameOf = (control: HTMLElement) =>
		`${control.tagName} ${control.getAttribute('aria-label') ?? control.innerText.slice(0, 40)}`;
	Object.assign(window, {
		focusFaults: () => {
			if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
			const here = controls.filter((control) => control.isConnected && control !== first);
			return here.flatMap((control) => {
				const focused = reached.get(control);
				if (focused === undefined) return [`not reached: ${nameOf(control)}`];
				return focused === look(control) ? [`not shown: ${nameOf(control)}`] : [];
			});
		}
	});
	return controls.length;
}
