import { createScanner, type CodeScanner } from '#lib/scan/bridge.ts';
import {
	isCameraAllowed,
	listCameras,
	openCamera,
	type Camera,
	type CameraChoice,
	type CameraFailure
} from '#lib/scan/camera.ts';
import { onNextPicture, pictureOfFile, pictureOfVideo } from '#lib/scan/pictures.ts';
import { noteUse } from '../browser/idle.ts';
import type { Preferences } from '../browser/preferences.svelte.ts';
import { startScanWorker } from './start-scan-worker.ts';

/** `off`: nobody asked for it, or the page is not seen. */
export type CameraStatus = 'off' | 'opening' | 'on' | CameraFailure;

/** A code that was out of view for so long is a card that is shown again. */
const againAfterMs = 1500;
/** So many pictures in a row that could not be read at all: reading does not work here. */
const failuresAllowed = 10;
const nothingSeen = { text: '', at: -Infinity };

/**
 * The camera of a page that scans. Its light is on only while that page is there and in view; nothing
 * of what it sees is kept.
 */
export class CardCamera {
	readonly #preferences: Preferences;
	readonly #onRead: (text: string) => void;
	readonly #scanner: CodeScanner = createScanner(startScanWorker);
	#status = $state<CameraStatus>('off');
	#camera = $state.raw<Camera | null>(null);
	#cameras = $state.raw<readonly CameraChoice[]>([]);
	#torchOn = $state(false);
	/** Somebody asked for the camera; it comes back when the page is seen again. */
	#wanted = false;
	/** Counts openings, so that one that was overtaken closes what it opened. */
	#opening = 0;
	/** One picture at a time. */
	#reading: Promise<unknown> = Promise.resolve();
	#failures = 0;
	#disposed = false;
	#seen = nothingSeen;

	/** @param onRead gets the text of each code that comes into view */
	constructor(preferences: Preferences, onRead: (text: string) => void) {
		this.#preferences = preferences;
		this.#onRead = onRead;
		document.addEventListener('visibilitychange', this.#followPage);
		// Where it was allowed before, it is what one comes to the page for.
		void isCameraAllowed().then((allowed) => (allowed ? this.start() : undefined));
	}

	get status(): CameraStatus {
		return this.#status;
	}

	get stream(): MediaStream | null {
		return this.#camera?.stream ?? null;
	}

	/** The camera in use. */
	get cameraId(): string {
		return this.#camera?.id ?? '';
	}

	get cameras(): readonly CameraChoice[] {
		return this.#cameras;
	}

	/** null: this camera has no lamp. */
	get torchOn(): boolean | null {
		return this.#camera?.hasTorch ? this.#torchOn : null;
	}

	/** Opens the camera, asking whoever sits there if need be. */
	async start(): Promise<void> {
		if (this.#disposed) return;
		this.#wanted = true;
		await this.#open();
	}

	/** *Camera uitzetten*. */
	stop(): void {
		this.#wanted = false;
		this.#close('off');
	}

	async choose(cameraId: string): Promise<void> {
		this.#preferences.scan = { ...this.#preferences.scan, cameraId };
		this.#close('opening');
		await this.#open();
	}

	async switchTorch(): Promise<void> {
		const on = !this.#torchOn;
		if (await this.#camera?.setTorch(on)) this.#torchOn = on;
	}

	/** Reads codes from the video that shows the camera. Returns how to stop; fit for an effect. */
	watch(video: HTMLVideoElement): () => void {
		let watching = true;
		let cancel = () => {};
		const next = () => {
			if (watching) cancel = onNextPicture(video, () => void look());
		};
		const look = async () => {
			const picture = await pictureOfVideo(video);
			const text = picture && (await this.#read(picture));
			if (watching && text !== null) this.#see(text);
			next();
		};
		next();
		return () => {
			watching = false;
			cancel();
		};
	}

	/** Reads a photo of a card. Returns why nothing came of it, if so. */
	async readPhoto(file: Blob): Promise<'noPicture' | 'noCode' | null> {
		const picture = await pictureOfFile(file);
		if (!picture) return 'noPicture';
		const text = await this.#read(picture);
		if (text === null) return 'noCode';
		this.#onRead(text);
		return null;
	}

	dispose(): void {
		this.#disposed = true;
		document.removeEventListener('visibilitychange', this.#followPage);
		this.stop();
		this.#scanner.dispose();
	}

	readonly #followPage = (): void => {
		if (document.visibilityState === 'hidden') this.#close('off');
		else if (this.#wanted) void this.#open();
	};

	async #open(): Promise<void> {
		if (this.#camera || document.visibilityState === 'hidden') return;
		const opening = ++this.#opening;
		this.#status = 'opening';
		const opened = await openCamera(this.#preferences.scan.cameraId);
		if (opening !== this.#opening) {
			if (opened.ok) opened.value.close();
			return;
		}
		if (!opened.ok) {
			this.#status = opened.refusal;
			return;
		}
		const camera = opened.value;
		camera.onEnd(() => {
			if (this.#camera === camera) this.#close('inUse');
		});
		this.#camera = camera;
		this.#failures = 0;
		this.#seen = nothingSeen;
		this.#status = 'on';
		const cameras = await listCameras();
		if (opening === this.#opening) this.#cameras = cameras;
	}

	#close(status: CameraStatus): void {
		this.#opening++;
		this.#camera?.close();
		this.#camera = null;
		this.#torchOn = false;
		this.#status = status;
	}

	/** The text of the code in a picture; null: there is none. */
	#read(picture: ImageBitmap): Promise<string | null> {
		const reading = this.#reading.then(async () => {
			// To read it would start another worker.
			if (this.#disposed) return null;
			const read = await this.#scanner.read(picture);
			if (read.ok) {
				this.#failures = 0;
				return read.value;
			}
			if (read.refusal.code === 'failed' && ++this.#failures >= failuresAllowed) {
				this.#close('unsupported');
			}
			return null;
		});
		this.#reading = reading;
		return reading;
	}

	#see(text: string): void {
		const at = performance.now();
		const isAgain = text === this.#seen.text && at - this.#seen.at < againAfterMs;
		this.#seen = { text, at };
		if (isAgain) return;
		noteUse();
		this.#onRead(text);
	}
}
