import { resolve } from '$app/paths';
import type { Actor } from '#lib/domain/mutation.ts';

type Role = Actor['role'];

/** Where each role begins, and the one part of the app that is theirs. */
const homes: Readonly<Record<Role, () => string>> = {
	administration: () => resolve('/beheer/leerlingen'),
	scheduler: () => resolve('/beheer/leerlingen'),
	teacher: () => resolve('/leerkracht'),
	guardian: () => resolve('/ouder'),
	pupil: () => resolve('/leerling'),
	system: () => resolve('/')
};

export function homeOf(role: Role): string {
	return homes[role]();
}
