// npm run audit:verify [-- NUMBER]: goes along the audit log of every school, or of one.
import process from 'node:process';
import { openStore, placeFrom } from '../src/lib/server/store/open-store.ts';
import { verifyAudit } from '../src/lib/server/audit/verify.ts';
import { fail } from './setup.mjs';

const faults = {
	missing: 'is missing',
	broken: 'was changed, or put in',
	payloadChanged: 'does not say what was asked',
	payloadMissing: 'has lost what was asked, and nothing says that it was erased'
};

try {
	const [only] = process.argv.slice(2);
	const store = await openStore(placeFrom(process.env));
	const schools = await store.readOutside(({ db }) =>
		db
			.selectFrom('schools')
			.select(['id', 'number'])
			.where('state', '=', 'open')
			.$if(only !== undefined, (query) => query.where('number', '=', only ?? ''))
			.orderBy('number')
			.execute()
	);
	let broken = 0;
	for (const { id, number } of schools) {
		const { entries, lastHash, fault } = await verifyAudit(store, id);
		if (fault) broken++;
		console.log(
			fault
				? `${number}: entry ${fault.seq} ${faults[fault.fault]}`
				: `${number}: ${entries} entries hold, the last is ${lastHash || 'none'}`
		);
	}
	await store.close();
	if (only !== undefined && schools.length === 0) throw new Error(`No school ${only} here.`);
	if (broken > 0) throw new Error(`${broken} of ${schools.length} audit logs do not hold.`);
} catch (error) {
	fail(error);
}
