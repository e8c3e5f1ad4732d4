/** A dialect's words. */
interface Words {
	readonly text: string;
}

/** The half of a session that a device keeps in its vault. Frozen: a later migration changes it. */
export function sessionKeys({ text }: Words): readonly string[] {
	return [`alter table session add column key_hash ${text}`];
}
