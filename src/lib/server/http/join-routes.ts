import {
	parseInviteToken,
	parseJoinEnd,
	parseJoinFound,
	parseJoinPart
} from '#lib/protocol/join.ts';
import { invitationOf } from '../accounts/invite.ts';
import { joinFound, joinOpen, joinPart } from '../accounts/joining.ts';
import { answer, json, refusal } from './answers.ts';
import { open } from './route.ts';

/** Of a part, in bytes: what entry/server.ts lets through, less what HTTP puts around it. */
const partBody = 1_900_000;
/** A school's first mutation holds its keys and settings. */
const foundingBody = 64 * 1024;

/** `POST /api/join/invitation` */
export const postInvitation = open(parseInviteToken, async ({ endpoint, body: token }) => {
	const invitation = await invitationOf(endpoint.store, token);
	return invitation ? json(invitation) : refusal({ code: 'notFound' });
});

/** `POST /api/join` */
export const postJoin = open(
	parseJoinPart,
	async ({ endpoint, body }) => answer(await joinPart(endpoint, body)),
	partBody
);

/** `POST /api/join/open` */
export const postJoinOpen = open(parseJoinEnd, async ({ endpoint, body }) =>
	answer(await joinOpen(endpoint, body))
);

/** `POST /api/join/found` */
export const postJoinFound = open(
	parseJoinFound,
	async ({ endpoint, body }) => answer(await joinFound(endpoint, body)),
	foundingBody
);
