import { getApp } from './context.ts';

/** Marks work that a reload would break off, for as long as it lasts; call it while a component is made. */
export function markWork(isWorking: () => boolean): void {
	const app = getApp();
	const working = $derived(isWorking());
	$effect(() => (working ? app.startWork() : undefined));
}
