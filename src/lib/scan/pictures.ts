/** Pixels along the longer side that a picture is read at: a card that fills half of it is sharp. */
const longestSide = 1280;
/** A photo is of the whole card, and may be of a small part of a large paper. */
const longestPhotoSide = 2000;

/** The picture that a playing video shows now; null: none, or none any more. */
export async function pictureOfVideo(video: HTMLVideoElement): Promise<ImageBitmap | null> {
	const { videoWidth: width, videoHeight: height } = video;
	if (width === 0 || height === 0) return null;
	return shrunk(video, { width, height }, longestSide).catch(() => null);
}

/** A photo from a file; null: it is none that this browser can open. */
export async function pictureOfFile(file: Blob): Promise<ImageBitmap | null> {
	try {
		const whole = await createImageBitmap(file);
		const picture = await shrunk(whole, whole, longestPhotoSide);
		whole.close();
		return picture;
	} catch {
		return null;
	}
}

function shrunk(
	source: HTMLVideoElement | ImageBitmap,
	{ width, height }: { readonly width: number; readonly height: number },
	longest: number
): Promise<ImageBitmap> {
	const scale = Math.min(1, longest / Math.max(width, height));
	return createImageBitmap(source, {
		resizeWidth: Math.max(1, Math.round(width * scale)),
		resizeHeight: Math.max(1, Math.round(height * scale)),
		resizeQuality: 'medium'
	});
}

/** Calls back once, when a video shows a new picture or soon after. Returns how to call it off. */
export function onNextPicture(video: HTMLVideoElement, callback: () => void): () => void {
	if ('requestVideoFrameCallback' in video) {
		const id = video.requestVideoFrameCallback(callback);
		return () => video.cancelVideoFrameCallback(id);
	}
	const timer = setTimeout(callback, 1000 / 15);
	return () => clearTimeout(timer);
}
