import { sessionKeyHeader } from '#lib/protocol/session-key.ts';

/** The answer that came back. */
export interface Reply {
	readonly status: number;
	readonly body: unknown;
	readonly headers: Headers;
}

export interface Sending {
	readonly headers?: Readonly<Record<string, string>>;
	/** Instead of JSON of the body. */
	readonly raw?: BodyInit;
}

/** A browser on a page of the app: it sends the origin, and keeps both halves of its session. */
export class Browser {
	/** `name=value`. */
	cookie: string | null = null;
	/** The key that the app keeps in its vault; null: the vault is locked, or it was given none. */
	key: string | null = null;
	readonly #app: { readonly url: string };

	constructor(app: { readonly url: string }) {
		this.#app = app;
	}

	get(path: string, sending: Sending = {}): Promise<Reply> {
		return this.send('GET', path, sending);
	}

	post(path: string, body: unknown, sending: Sending = {}): Promise<Reply> {
		return this.send('POST', path, { raw: JSON.stringify(body), ...sending });
	}

	put(path: string, body: unknown): Promise<Reply> {
		return this.send('PUT', path, { raw: JSON.stringify(body) });
	}

	delete(path: string, body?: unknown): Promise<Reply> {
		return this.send('DELETE', path, body === undefined ? {} : { raw: JSON.stringify(body) });
	}

	async send(method: string, path: string, { raw, headers }: Sending = {}): Promise<Reply> {
		const response = await fetch(this.#app.url + path, {
			method,
			headers: {
				origin: this.#app.url,
				...(raw !== undefined && { 'content-type': 'application/json' }),
				...(this.cookie !== null && { cookie: this.cookie }),
				...(this.key !== null && { [sessionKeyHeader]: this.key }),
				...headers
			},
			...(raw !== undefined && { body: raw, duplex: 'half' })
		});
		this.#keep(response.headers.get('set-cookie'));
		const text = await response.text();
		const isJson = response.headers.get('content-type')?.startsWith('application/json');
		const body: unknown = isJson ? JSON.parse(text) : text;
		const { key } = (body ?? {}) as { readonly key?: string | null };
		if (key !== undefined) this.key = key;
		return { status: response.status, body, headers: response.headers };
	}

	#keep(setCookie: string | null): void {
		if (setCookie === null) return;
		const [pair = ''] = setCookie.split(';', 1);
		this.cookie = setCookie.includes('Max-Age=0') ? null : pair;
	}
}
