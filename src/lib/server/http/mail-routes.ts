import {
	parseEmailChange,
	parseMailedToken,
	parseResetRequest,
	parseUseReset
} from '#lib/protocol/account-mail.ts';
import { parsePictureSchool, parseSchoolSearch } from '#lib/protocol/schools.ts';
import { changeEmail, confirmEmail } from '../accounts/email.ts';
import { lookAtReset, refuseReset, requestReset, useReset } from '../accounts/reset.ts';
import { openSchool } from '../accounts/open-school.ts';
import { answer, json, refusal } from './answers.ts';
import { open, signedIn } from './route.ts';

/** `POST /api/reset`: one answer for everybody (product.md 8, 9). */
export const postReset = open(parseResetRequest, async ({ endpoint, address, body }) =>
	answer(await requestReset(endpoint, body, address), (asked) => json(asked, { status: 202 }))
);

/** `POST /api/reset/look` */
export const postLookAtReset = open(parseMailedToken, async ({ endpoint, address, body }) =>
	answer(await lookAtReset(endpoint, body, address))
);

/** `POST /api/reset/use` */
export const postUseReset = open(parseUseReset, async ({ endpoint, address, body }) =>
	answer(await useReset(endpoint, body, address))
);

/** `POST /api/reset/refuse` */
export const postRefuseReset = open(parseMailedToken, async ({ endpoint, address, body }) =>
	answer(await refuseReset(endpoint, body, address))
);

/** `POST /api/email` */
export const postEmail = signedIn(parseEmailChange, async ({ endpoint, address, body, caller }) =>
	answer(await changeEmail(endpoint, caller.session, { ...body, ip: address }), () =>
		json({}, { status: 202 })
	)
);

/** `POST /api/email/confirm` */
export const postConfirmEmail = open(parseMailedToken, async ({ endpoint, address, body }) =>
	answer(await confirmEmail(endpoint, body, address))
);

/** `POST /api/schools` */
export const postSchools = open(parseSchoolSearch, async ({ endpoint, body }) =>
	json({ schools: await endpoint.schoolList.find(body) })
);

/** `POST /api/schools/pictures` */
export const postPictures = open(parsePictureSchool, async ({ endpoint, body }) => {
	const school = await openSchool(endpoint.schools, body);
	if (!school) return refusal({ code: 'notFound' });
	return json({ length: school.imagePasswordLength, choices: school.imagePasswordChoices });
});
