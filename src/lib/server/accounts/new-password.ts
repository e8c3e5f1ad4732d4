import { newId, newTimedId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { weakOwnPassword, weakStaffPassword } from '#lib/domain/school/staff-password.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { OpenReset } from '#lib/protocol/account-mail.ts';
import { schoolIn, type Person } from './person.ts';
import { no, type Answer } from './tools.ts';
import type { Admitted } from './write-as.ts';

/**
 * Tells whether somebody may choose this password: staff 12 characters, others as product.md 13
 * says.
 */
function isGoodPassword(password: string, person: Person, state: StateReader): boolean {
	const personal = [schoolIn(state).name, person.name, person.userName];
	const weakness = passwordRulesOf(person) === 'staff' ? weakStaffPassword : weakOwnPassword;
	return weakness(password, personal) === null;
}

/** Which of the two somebody's password has to keep. */
export function passwordRulesOf({ kind, actor }: Person): OpenReset['rules'] {
	return kind === 'account' && actor?.role !== 'guardian' ? 'staff' : 'own';
}

/**
 * Gives somebody the password that they chose, by the mutation of the school's rules. The
 * consequences for sessions and links are in effects.ts.
 *
 * @returns why not, or null
 */
export async function choosePassword(
	{ writing, person, actor }: Admitted,
	password: string
): Promise<Answer<never> | null> {
	if (!person.keepsOwnPassword) return no('notAllowed');
	if (!isGoodPassword(password, person, writing.state)) return no('weakPassword');
	const secretId = newId();
	const madeAt = writing.now.toISOString();
	const mutation = {
		...choosing(person, secretId),
		uid: newTimedId(),
		batch: null,
		actorId: actor.id,
		madeAt
	};
	const refusal = await writing.make({
		mutation,
		madeAt,
		actor,
		secrets: { [secretId]: { kind: 'temporary', text: password } },
		door: { passwordSet: true }
	});
	return refusal ? no('conflict') : null;
}

function choosing({ id, kind, secretId: fromSecretId }: Person, secretId: Id) {
	return kind === 'account'
		? { name: 'account.choosePassword@1', args: { accountId: id, fromSecretId, secretId } }
		: { name: 'leerId.choosePassword@1', args: { leerIdId: id, fromSecretId, secretId } };
}
