/** A dialect's words. */
interface Words {
	readonly text: string;
	readonly integer: string;
	readonly clustered: string;
}

/**
 * Keeps what accounts have used of their hour, and how often they were refused; when a refusal was,
 * so that it can be forgotten. Takes away the counters of schools that never were. Frozen: a later
 * migration changes it.
 */
export function quotas({ text, integer, clustered }: Words): readonly string[] {
	const key = `${text} not null`;
	return [
		`create table quota (school ${key}, account ${key}, mutations_until ${key}, bytes_until ${key},
			primary key (school, account)) ${clustered}`,
		`create table refused (school ${key}, account ${key}, code ${key}, count ${integer} not null,
			since ${key}, primary key (school, account, code)) ${clustered}`,
		`alter table outcome add column refused_at ${text}`,
		`create index outcome_refused_at on outcome (school, refused_at) where refusal is not null`,
		`delete from counter where not exists (select 1 from schools where schools.id = counter.school)`
	];
}
