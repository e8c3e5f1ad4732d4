/** A dialect's word for a text field of a JSON body. */
interface Words {
	readonly textOf: (column: string, field: string) => string;
}

/**
 * Makes every uid known that history names: those of schools that moved in, and of what the server
 * made itself, were not. Frozen: a later migration changes it.
 */
export function knownUids({ textOf }: Words): readonly string[] {
	const uid = textOf('body', 'uid');
	return [
		`insert into outcome (school, uid, client, number, refused, refusal)
			select distinct school, ${uid}, '', 0, 0, cast(null as text)
			from record where kind = 'history'
			on conflict do nothing`
	];
}
