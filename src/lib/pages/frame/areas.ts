import CircleUser from '@lucide/svelte/icons/circle-user';
import FileDown from '@lucide/svelte/icons/file-input';
import History from '@lucide/svelte/icons/history';
import House from '@lucide/svelte/icons/house';
import IdCard from '@lucide/svelte/icons/id-card';
import ScanQrCode from '@lucide/svelte/icons/scan-qr-code';
import Settings from '@lucide/svelte/icons/settings';
import UserCog from '@lucide/svelte/icons/user-cog';
import Users from '@lucide/svelte/icons/users';
import { resolve } from '$app/paths';
import type { Component } from 'svelte';
import type { MutationSubject } from '#lib/client/unsent/mutation-text.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { Actor, Right } from '#lib/domain/kernel/actor.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { NavItem } from '#lib/ui/frame/frame.ts';

type Role = Actor['role'];

/** A page that an area's navigation leads to. */
interface Place {
	readonly href: () => string;
	readonly label: () => string;
	readonly icon: Component;
	/** One of these lets them do what the page is for; without it, whoever may enter the area. */
	readonly rights?: readonly Right[];
	/** Where the navigation shows it; `commands`: only what is typed with Ctrl+K leads there. */
	readonly at?: 'foot' | 'commands';
}

/** A part of the app, and whom it is for. */
export interface Area {
	readonly roles: readonly Role[];
	/** Its navigation; the first is where they begin. */
	readonly places: readonly [Place, ...Place[]];
	/** *Te verzenden*. */
	readonly unsent: () => string;
	/** Where what a mutation did, to whom or what, is adjusted; null: nowhere in this area. */
	readonly hrefOf: (mutation: string, subject: MutationSubject | null) => string | null;
}

const account = (href: () => string): Place => ({
	href,
	label: () => m.home_account(),
	icon: CircleUser
});

function pupilPage(page: (id: Id) => string): Area['hrefOf'] {
	return (_, subject) => (subject?.kind === 'pupil' ? page(subject.id) : null);
}

/** Every area of the app: who may enter, where they begin and where they can go. */
export const areas = {
	desk: {
		roles: ['administration', 'scheduler'],
		places: [
			{ href: () => resolve('/beheer/leerlingen'), label: () => m.app_nav_pupils(), icon: Users },
			{ href: () => resolve('/beheer/scannen'), label: () => m.scan_title(), icon: ScanQrCode },
			{
				href: () => resolve('/beheer/importeren'),
				label: () => m.app_nav_import(),
				icon: FileDown,
				rights: ['import']
			},
			{ href: () => resolve('/beheer/kaarten'), label: () => m.app_nav_cards(), icon: IdCard },
			{
				href: () => resolve('/beheer/geschiedenis'),
				label: () => m.app_nav_history(),
				icon: History
			},
			{
				href: () => resolve('/beheer/kaarten/uitreiken'),
				label: () => m.handout_title(),
				icon: IdCard,
				rights: ['leerId', 'cards'],
				at: 'commands'
			},
			{
				href: () => resolve('/beheer/kaarten/klasoverzicht'),
				label: () => m.overview_title(),
				icon: IdCard,
				at: 'commands'
			},
			{
				href: () => resolve('/beheer/accounts'),
				label: () => m.account_nav(),
				icon: UserCog,
				at: 'foot'
			},
			{
				href: () => resolve('/beheer/instellingen'),
				label: () => m.settings_title(),
				icon: Settings,
				at: 'foot'
			}
		],
		unsent: () => resolve('/beheer/te-verzenden'),
		hrefOf: (mutation, subject) => {
			if (mutation.startsWith('school.')) return resolve('/beheer/instellingen');
			if (!subject) return null;
			const { kind, id } = subject;
			if (kind === 'pupil') return resolve('/beheer/leerlingen/[id]', { id });
			if (kind === 'guardian') return resolve('/beheer/accounts/ouders/[id]', { id });
			return kind === 'account' ? resolve('/beheer/accounts/medewerkers/[id]', { id }) : null;
		}
	},
	teacher: {
		roles: ['teacher'],
		places: [
			{ href: () => resolve('/leerkracht'), label: () => m.home_groups(), icon: Users },
			account(() => resolve('/leerkracht/account'))
		],
		unsent: () => resolve('/leerkracht/te-verzenden'),
		hrefOf: pupilPage((id) => resolve('/leerkracht/leerling/[id]', { id }))
	},
	guardian: {
		roles: ['guardian'],
		places: [
			{ href: () => resolve('/ouder'), label: () => m.home_children(), icon: Users },
			account(() => resolve('/ouder/account'))
		],
		unsent: () => resolve('/ouder/te-verzenden'),
		hrefOf: pupilPage((id) => resolve('/ouder/kind/[id]', { id }))
	},
	pupil: {
		roles: ['pupil'],
		places: [
			{ href: () => resolve('/leerling'), label: () => m.home_start(), icon: House },
			account(() => resolve('/leerling/account'))
		],
		unsent: () => resolve('/leerling/te-verzenden'),
		hrefOf: () => null
	}
} satisfies Record<string, Area>;

export type AreaName = keyof typeof areas;

/** The area of a role; whoever is in none yet has the first. */
export function areaOf(role: Role | undefined): Area {
	return Object.values<Area>(areas).find(({ roles }) => role && roles.includes(role)) ?? areas.desk;
}

/** The first page of an area. */
export function homeOf({ places: [first] }: Area): string {
	return first.href();
}

/**
 * Returns the places where the account can go in an area: those of the navigation, or else the
 * commands.
 */
export function placesFor(
	area: Area,
	session: Session,
	shownIn: 'navigation' | 'commands'
): NavItem[] {
	return area.places
		.filter(({ rights, at }) => {
			if (at === 'commands' && shownIn === 'navigation') return false;
			return rights === undefined || session.may(...rights);
		})
		.map(({ href, label, icon, at }) => {
			return { href: href(), label: label(), icon, secondary: at === 'foot' };
		});
}
