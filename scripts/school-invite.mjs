// npm run school:invite -- NUMBER NAME: makes the token with which one school joins this server.
import process from 'node:process';
import { inviteSchool } from '../src/lib/server/accounts/invite.ts';
import { openStore, placeFrom } from '../src/lib/server/store/open-store.ts';
import { fail } from './setup.mjs';

try {
	const [number, ...names] = process.argv.slice(2);
	const name = names.join(' ').trim();
	if (!number || name === '') {
		throw new Error('Say which school: npm run school:invite -- NUMBER NAME');
	}
	const store = await openStore(placeFrom(process.env));
	const invited = await inviteSchool(store, { number, name }, new Date());
	await store.close();
	if ('token' in invited) {
		console.log(`${name} (${number}) can join with this token, once:\n\n    ${invited.token}\n`);
		console.log(
			'Whoever has it can join in the name of the school: hand it over in person or by phone.'
		);
	} else if (invited.why === 'open') {
		throw new Error(`The school with number ${number} has joined already.`);
	} else {
		throw new Error(`${number} is no BRIN (23AB) and no instellingsnummer (12345).`);
	}
} catch (error) {
	fail(error);
}
