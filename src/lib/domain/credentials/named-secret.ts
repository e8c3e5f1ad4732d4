import type { Id } from '../kernel/ids.ts';
import type { NamedSecret } from '../registry/mutation.ts';

/** The password of an account that comes with it; null: it has none yet. */
export function passwordNamedBy(account: {
	readonly id: Id;
	readonly secretId?: Id | null | undefined;
}): NamedSecret | null {
	const { id: of, secretId } = account;
	return secretId ? { id: secretId, account: of, own: false } : null;
}
