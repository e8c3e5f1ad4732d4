import { placeBeside, type Box } from './place.ts';

/** Shows an element with the attribute `popover` beside a box of the window, in the reading direction. */
export function showBeside(node: HTMLElement, anchor: Box, align: 'start' | 'end'): void {
	node.showPopover();
	const rtl = getComputedStyle(node).direction === 'rtl';
	const window = {
		width: document.documentElement.clientWidth,
		height: document.documentElement.clientHeight
	};
	const size = { width: node.offsetWidth, height: node.offsetHeight };
	const at = placeBeside(anchor, size, window, (align === 'start') === rtl ? 'right' : 'left');
	node.style.left = `${at.x}px`;
	node.style.top = `${at.y}px`;
	node.style.maxHeight = `${at.maxHeight}px`;
}
