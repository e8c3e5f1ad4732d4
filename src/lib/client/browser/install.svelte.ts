import type { Preferences } from './preferences.svelte.ts';

/** Chromium's, which no library of types has. */
interface BeforeInstallPromptEvent extends Event {
	prompt(): Promise<void>;
	readonly userChoice: Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** `ask`: the browser installs it. `shareMenu`: the person does, as on an iPhone. */
export type InstallWay = 'ask' | 'shareMenu';

/** How this browser puts the app on the device, if it is not there yet. */
export class Install {
	readonly #preferences: Preferences;
	#event = $state.raw<BeforeInstallPromptEvent | null>(null);
	#installed = $state(false);
	#shareMenu = $state(false);

	constructor(preferences: Preferences) {
		this.#preferences = preferences;
	}

	/** null: it is installed already, or this browser cannot. */
	get way(): InstallWay | null {
		if (this.#installed) return null;
		if (this.#event) return 'ask';
		return this.#shareMenu ? 'shareMenu' : null;
	}

	/** Somebody said that they do not want it. */
	get dismissed(): boolean {
		return this.#preferences.installDismissed;
	}

	/** Waits for the browser to say that it can. Returns how to stop. */
	listen(): () => void {
		const capture = (event: Event) => {
			// Or the browser makes an offer of its own, before anything useful was done.
			event.preventDefault();
			this.#event = event as BeforeInstallPromptEvent;
		};
		const done = () => {
			this.#installed = true;
			this.#event = null;
		};
		this.#installed = isStandalone();
		this.#shareMenu = isAppleTouch();
		addEventListener('beforeinstallprompt', capture);
		addEventListener('appinstalled', done);
		return () => {
			removeEventListener('beforeinstallprompt', capture);
			removeEventListener('appinstalled', done);
		};
	}

	/** *App installeren*: the browser asks whether they are sure. */
	async ask(): Promise<void> {
		const event = this.#event;
		if (!event) return;
		// It can be asked once; the browser sends another when it can be again.
		this.#event = null;
		await event.prompt();
		const { outcome } = await event.userChoice;
		if (outcome === 'dismissed') this.dismiss();
	}

	/** Not offered again; *Instellingen* still has it. */
	dismiss(): void {
		this.#preferences.installDismissed = true;
	}
}

function isStandalone(): boolean {
	const { standalone } = navigator as { standalone?: boolean };
	return standalone === true || matchMedia('(display-mode: standalone)').matches;
}

/** iPhone, iPad and iPod; an iPad says that it is a Mac, and has fingers on it. */
function isAppleTouch(): boolean {
	const { userAgent, maxTouchPoints } = navigator;
	return (
		/iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
	);
}
