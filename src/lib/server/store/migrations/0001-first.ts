/** A dialect's words. `text` sorts by its bytes everywhere. */
interface Words {
	readonly text: string;
	readonly integer: string;
	/** After the columns of a table. */
	readonly table: string;
	/** The same for a table of small rows, kept in the order of its key. */
	readonly clustered: string;
}

/** Records, changes, devices, accounts, mail. Frozen: a later migration changes it. */
export function first({ text, integer, table, clustered }: Words): readonly string[] {
	const key = `${text} not null`;
	const number = `${integer} not null`;
	return [
		`create table record (school ${key}, kind ${key}, id ${key}, version ${number}, body ${key},
			primary key (school, kind, id)) ${table}`,
		'create index record_version on record (school, version)',
		`create table change (school ${key}, scope ${key}, kind ${key}, id ${key}, version ${number},
			op ${key}, made_at ${key}, primary key (school, scope, kind, id)) ${clustered}`,
		'create index change_version on change (school, scope, version, kind, id)',
		"create index change_removal on change (school, version) where op = 'remove'",
		`create table client (school ${key}, id ${key}, account ${key}, next_number ${number},
			last_made_at ${text}, seen_at ${key}, primary key (school, id)) ${clustered}`,
		`create table outcome (school ${key}, uid ${key}, client ${key}, number ${number},
			refused ${number}, refusal ${text}, primary key (school, uid)) ${clustered}`,
		'create index outcome_refusal on outcome (school, client, number) where refusal is not null',
		`create table counter (school ${key}, version ${number}, epoch ${key}, pruned ${number},
			primary key (school)) ${clustered}`,
		`create table secret (school ${key}, id ${key}, account ${key}, sealed ${text}, hash ${text},
			made_at ${key}, primary key (school, id)) ${clustered}`,
		'create index secret_account on secret (school, account)',
		`create table credential (school ${key}, account ${key}, hash ${key}, changed_at ${key},
			primary key (school, account)) ${clustered}`,
		`create table session (school ${key}, token_hash ${key}, id ${key}, account ${key}, made_at ${key},
			seen_at ${key}, expires_at ${key}, device_name ${key}, vault ${text}, ended_at ${text}, wipe ${number},
			primary key (school, token_hash)) ${clustered}`,
		'create index session_account on session (school, account)',
		`create table attempt (school ${key}, subject ${key}, failures ${number}, lifetime ${number},
			last_at ${key}, wait_until ${text}, blocked_at ${text},
			primary key (school, subject)) ${clustered}`,
		`create table reset (school ${key}, token_hash ${key}, account ${key}, kind ${key},
			payload ${key}, ip ${key}, made_at ${key}, expires_at ${key}, used_at ${text},
			primary key (school, token_hash)) ${clustered}`,
		'create index reset_account on reset (school, account)',
		`create table escrow (school ${key}, account ${key}, vault ${key}, sealed ${key},
			made_at ${key}, primary key (school, account, vault)) ${clustered}`,
		`create table audit (school ${key}, seq ${number}, body ${key}, commitment ${key},
			previous ${key}, hash ${key}, primary key (school, seq)) ${table}`,
		`create table audit_payload (school ${key}, seq ${number}, payload ${key}, salt ${key},
			primary key (school, seq)) ${table}`,
		`create table schools (id ${key}, number ${key}, name ${key}, invite_hash ${text},
			state ${key}, made_at ${key}, primary key (id)) ${clustered}`,
		'create unique index schools_number on schools (number)',
		`create table due (id ${key}, kind ${key}, school ${text}, at ${key}, body ${key},
			lease_until ${text}, attempts ${number}, primary key (id)) ${table}`,
		'create index due_at on due (at)'
	];
}
