import { resolve } from '$app/paths';
import type { Actor } from '#lib/domain/kernel/actor.ts';

type Role = Actor['role'];

interface Place {
	/** Where they begin. */
	readonly home: () => string;
	/** *Te verzenden*. */
	readonly unsent: () => string;
}

const desk: Place = {
	home: () => resolve('/beheer/leerlingen'),
	unsent: () => resolve('/beheer/te-verzenden')
};

/** The one part of the app that is a role's. */
const places: Readonly<Record<Exclude<Role, 'system'>, Place>> = {
	administration: desk,
	scheduler: desk,
	teacher: {
		home: () => resolve('/leerkracht'),
		unsent: () => resolve('/leerkracht/te-verzenden')
	},
	guardian: { home: () => resolve('/ouder'), unsent: () => resolve('/ouder/te-verzenden') },
	pupil: { home: () => resolve('/leerling'), unsent: () => resolve('/leerling/te-verzenden') }
};

export function placeOf(role: Role): Place {
	return role === 'system' ? desk : places[role];
}
