import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestSchool } from '#lib/domain/testing/test-school.ts';
import { Install } from './install.svelte.ts';
import { Preferences } from './preferences.svelte.ts';
import { didSomethingUseful } from './useful.ts';

function stubBrowser(navigator: object, standalone = false): void {
	const target = new EventTarget();
	vi.stubGlobal('navigator', {
		userAgent: 'Mozilla/5.0 (X11; Linux)',
		maxTouchPoints: 0,
		...navigator
	});
	vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
	vi.stubGlobal('matchMedia', () => ({ matches: standalone }));
	vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
	vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
	vi.stubGlobal('dispatchEvent', target.dispatchEvent.bind(target));
}

function installer() {
	const preferences = new Preferences();
	const install = new Install(preferences);
	return { install, preferences, stop: install.listen() };
}

function promptEvent(outcome: 'accepted' | 'dismissed') {
	const prompt = vi.fn(async () => Promise.resolve());
	const event = new Event('beforeinstallprompt', { cancelable: true });
	return Object.assign(event, { prompt, userChoice: Promise.resolve({ outcome }) });
}

beforeEach(() => stubBrowser({}));
afterEach(() => vi.unstubAllGlobals());

test('a browser that can install is asked to wait, and asked when somebody wants it', async () => {
	const { install } = installer();
	expect(install.way).toBeNull();
	const event = promptEvent('accepted');
	dispatchEvent(event);
	expect(event.defaultPrevented).toBe(true);
	expect(install.way).toBe('ask');
	await install.ask();
	expect(event.prompt).toHaveBeenCalledOnce();
	expect([install.way, install.dismissed]).toEqual([null, false]);
	dispatchEvent(new Event('appinstalled'));
	dispatchEvent(promptEvent('accepted'));
	expect(install.way).toBeNull();
});

test('a no is kept', async () => {
	const { install, preferences } = installer();
	dispatchEvent(promptEvent('dismissed'));
	await install.ask();
	expect(preferences.installDismissed).toBe(true);
});

test('who stopped listening hears nothing', () => {
	const { install, stop } = installer();
	stop();
	dispatchEvent(promptEvent('accepted'));
	expect(install.way).toBeNull();
});

test.each([
	[{ userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)' }, 'shareMenu'],
	[{ userAgent: 'Mozilla/5.0 (Macintosh)', maxTouchPoints: 5 }, 'shareMenu'],
	[{ userAgent: 'Mozilla/5.0 (Macintosh)' }, null],
	[{ userAgent: 'Mozilla/5.0 (iPhone)', standalone: true }, null]
])('%o installs by %s', (navigator, way) => {
	stubBrowser(navigator);
	expect(installer().install.way).toBe(way);
});

test('an app that runs in a window of its own is installed', () => {
	stubBrowser({}, true);
	const { install } = installer();
	dispatchEvent(promptEvent('accepted'));
	expect(install.way).toBeNull();
});

test('useful is a print that was handed over, or an import, since then', () => {
	const school = new TestSchool('a');
	school.withLeerId('a');
	const since = school.at(0);
	expect(didSomethingUseful(school.state, since)).toBe(false);
	school.make('print.saved@1', { printRunId: 'print-1' });
	expect(didSomethingUseful(school.state, since)).toBe(true);
	expect(didSomethingUseful(school.state, school.at(60))).toBe(false);
});
