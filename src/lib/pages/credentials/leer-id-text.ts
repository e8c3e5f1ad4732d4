import type { LeerIdStatus } from '#lib/domain/credentials/status.ts';
import type { LeerIdType } from '#lib/domain/credentials/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { BadgeTone, StatusShape } from '#lib/ui/look/tone.ts';

const statusTexts: Record<LeerIdStatus, () => string> = {
	active: m.leer_id_status_active,
	inactive: m.leer_id_status_inactive,
	none: m.leer_id_status_none
};

export const statusShapes: Record<LeerIdStatus, StatusShape> = {
	active: 'full',
	inactive: 'half',
	none: 'empty'
};

export const statusTones: Record<LeerIdStatus, BadgeTone> = {
	active: 'success',
	inactive: 'warn',
	none: 'neutral'
};

export function statusText(status: LeerIdStatus): string {
	return statusTexts[status]();
}

/** *Basis*, *Gevorderd*; empty without an account (product.md 31). */
export function typeText(type: LeerIdType | null): string {
	if (type === null) return '';
	return type === 'basic' ? m.leer_id_type_basic() : m.leer_id_type_advanced();
}
