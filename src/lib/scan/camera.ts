import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';

/** A camera of this device. Browsers tell names only once one was allowed. */
export interface CameraChoice {
	readonly id: string;
	readonly name: string;
}

export type CameraFailure =
	/** Not allowed, by the person or by the device. */
	| 'refused'
	/** The device has none. */
	| 'none'
	/** Another program has it. */
	| 'inUse'
	/** This browser lets pages use no camera, or not on an address like this one. */
	| 'unsupported';

/** An open camera. Its light is on until it is closed. */
export interface Camera {
	/** For a video element's `srcObject`. */
	readonly stream: MediaStream;
	readonly id: string;
	/** Whether it has a lamp that can be switched. */
	readonly hasTorch: boolean;
	/** Returns whether the lamp did as it was told. */
	setTorch(on: boolean): Promise<boolean>;
	/** Called when the camera is gone by itself: unplugged, or taken by another program. */
	onEnd(ended: () => void): void;
	close(): void;
}

/** Enough for a card at arm's length; more only costs time. */
const size = { width: { ideal: 1280 }, height: { ideal: 720 } } as const;

/** The Image Capture draft's constraint, which TypeScript's types have not. */
interface Torch {
	readonly torch?: boolean;
}
type Abilities = MediaTrackCapabilities & Torch;

/**
 * Opens a camera, asking the person there if need be.
 *
 * @param id default: the one at the back
 */
export async function openCamera(id?: string | null): Promise<Result<Camera, CameraFailure>> {
	const devices = devicesHere();
	if (!devices) return refuse('unsupported');
	const which = id ? { deviceId: { exact: id } } : { facingMode: { ideal: 'environment' } };
	try {
		const stream = await devices.getUserMedia({ video: { ...size, ...which }, audio: false });
		return ok(cameraOf(stream));
	} catch (error) {
		const failure = failureOf(error);
		// The one that was chosen last time is no longer plugged in.
		return id && failure === 'none' ? openCamera() : refuse(failure);
	}
}

/** The cameras of this device. */
export async function listCameras(): Promise<CameraChoice[]> {
	const found = (await devicesHere()?.enumerateDevices()) ?? [];
	return found
		.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId !== '')
		.map(({ deviceId: id, label: name }) => ({ id, name }));
}

/**
 * Tells whether a camera was allowed before, so that opening it asks nothing; not known counts as
 * no.
 */
export async function isCameraAllowed(): Promise<boolean> {
	try {
		const { state } = await navigator.permissions.query({ name: 'camera' });
		return state === 'granted';
	} catch {
		return false;
	}
}

/** Missing on plain http. */
function devicesHere(): MediaDevices | undefined {
	return navigator.mediaDevices;
}

function failureOf(error: unknown): CameraFailure {
	const name = error instanceof DOMException ? error.name : '';
	if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
	if (name === 'NotReadableError' || name === 'AbortError') return 'inUse';
	return name === 'NotAllowedError' || name === 'SecurityError' ? 'refused' : 'unsupported';
}

function cameraOf(stream: MediaStream): Camera {
	const [track] = stream.getVideoTracks();
	const abilities: Abilities | undefined = track?.getCapabilities?.();
	return {
		stream,
		id: track?.getSettings().deviceId ?? '',
		hasTorch: abilities?.torch ?? false,
		setTorch: async (on) => {
			try {
				const torch: MediaTrackConstraintSet & Torch = { torch: on };
				await track?.applyConstraints({ advanced: [torch] });
				return track !== undefined;
			} catch {
				return false;
			}
		},
		onEnd: (ended) => track?.addEventListener('ended', ended, { once: true }),
		close: () => {
			track?.stop();
		}
	};
}
