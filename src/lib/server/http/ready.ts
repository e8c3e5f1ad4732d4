import { open } from './route.ts';

/** Milliseconds in which a database that works has answered. */
const patience = 2_000;

/** `GET /readyz`: whether requests can be answered, the database too. `/healthz` asks the process alone. */
export const getReady = open(null, async ({ endpoint }) => {
	const late = new Promise<boolean>((resolve) =>
		setTimeout(() => resolve(false), patience).unref()
	);
	const asked = endpoint.store
		.readOutside(({ db }) => db.selectFrom('schools').select('id').limit(1).execute())
		.then(
			() => true,
			() => false
		);
	const isReady = await Promise.race([asked, late]);
	return new Response(isReady ? 'ok' : 'not ready', { status: isReady ? 200 : 503 });
});
