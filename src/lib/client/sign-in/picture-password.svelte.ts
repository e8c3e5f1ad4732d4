import { pictureNames, type PictureName } from '#lib/domain/credentials/pictures.ts';
import type { Picture } from '#lib/domain/credentials/picture-paths.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { pictureLabel } from '#lib/i18n/picture-name.ts';
import { parsePictureChoice, type PictureChoice } from '#lib/protocol/schools.ts';
import { Asking } from '../browser/asking.svelte.ts';

/** A picture that can be tapped. */
export interface TappablePicture {
	readonly name: PictureName;
	readonly label: string;
	readonly drawing: Picture;
}

/**
 * *Afbeeldingswachtwoord*: pictures tapped in their order. The caller keeps the tapped pictures.
 */
export class PicturePassword {
	readonly #asking = new Asking(null);
	#choice = $state.raw<PictureChoice | null>(null);
	#pictures = $state.raw<readonly TappablePicture[]>([]);

	/** Those that the school's passwords are made of; none until they are loaded. */
	get pictures(): readonly TappablePicture[] {
		return this.#pictures;
	}

	/** How many there are in a password; 0: not known yet. */
	get length(): number {
		return this.#choice?.length ?? 0;
	}

	get problem(): string | null {
		return this.#asking.problem;
	}

	/** Finds out which pictures a school has, and loads their drawings. */
	async load(school: Id): Promise<void> {
		const [choice, { picturePaths }] = await Promise.all([
			this.#asking.ask({
				method: 'POST',
				path: '/api/schools/pictures',
				body: { school },
				parse: parsePictureChoice
			}),
			import('#lib/domain/credentials/picture-paths.ts')
		]);
		if (!choice) return;
		this.#choice = choice;
		this.#pictures = pictureNames.slice(0, choice.choices).map((name) => ({
			name,
			label: pictureLabel(name),
			drawing: picturePaths[name]
		}));
	}

	/** The pictures of a password as it is sent, `cat apple`. */
	chosenIn(password: string): readonly TappablePicture[] {
		const names = password.split(' ');
		return names.flatMap((name) => this.#pictures.find((each) => each.name === name) ?? []);
	}
}

/** A password with one picture more, and with one less. */
export function withPicture(password: string, name: PictureName): string {
	return password === '' ? name : `${password} ${name}`;
}

export function withoutLast(password: string): string {
	return password.split(' ').slice(0, -1).join(' ');
}
