import type { Browser } from '@playwright/test';
import { administrator } from '#lib/domain/testing/test-school.ts';
import type { EndpointServer } from '../../support/endpoint-server.ts';
import { LoadDevice, phoneAfter } from '../../support/load-device.ts';
import type { LoadSchool } from '../../support/load-school.ts';
import type { Kept } from '../sync.page.ts';
import { openBenchPage, type OpenBench } from './bench-page.ts';

/** A fresh browser, and what it syncs with. All times are milliseconds in its page. */
export interface SyncSide {
	/** Until all of it is on the device, durable. */
	firstLoad(): Promise<number>;
	/** In a page that was loaded again: until a list of 25 stands there, and all can be read. */
	reopen(): Promise<{ readonly list: number; readonly all: number; readonly records: number }>;
	/** Changes so many records without a connection; from its return until all of them have arrived. */
	push(count: number): Promise<number>;
	/** Lets another device change so many, and reads them. */
	pull(count: number): Promise<number>;
	close(): Promise<void>;
}

type Ours = typeof import('../sync.page.ts');

/** This app: its vault, its loop, its server. The school is in use by another device already. */
export class OurSide implements SyncSide {
	/** How many rows the server read for each pull. */
	readonly rows: number[] = [];
	readonly #endpoint: EndpointServer;
	readonly #school: LoadSchool;
	readonly #other: LoadDevice;
	#bench: OpenBench<Ours>;
	#kept: Kept | null = null;

	static async open(
		browser: Browser,
		endpoint: EndpointServer,
		school: LoadSchool
	): Promise<OurSide> {
		const other = new LoadDevice(school, 0);
		await other.sync(endpoint.origin);
		const context = await browser.newContext();
		const session = { name: 'session', value: school.tokens[1] ?? '', url: endpoint.origin };
		await context.addCookies([{ ...session, httpOnly: true, sameSite: 'Strict' }]);
		const bench = await openBenchPage<Ours>(context, `${endpoint.origin}/`);
		return new OurSide({ endpoint, school, other, bench });
	}

	private constructor(parts: {
		readonly endpoint: EndpointServer;
		readonly school: LoadSchool;
		readonly other: LoadDevice;
		readonly bench: OpenBench<Ours>;
	}) {
		this.#endpoint = parts.endpoint;
		this.#school = parts.school;
		this.#other = parts.other;
		this.#bench = parts.bench;
	}

	async firstLoad(): Promise<number> {
		const { ms, kept } = await this.#bench.call('firstLoad', this.#school.id, administrator.id);
		this.#kept = kept;
		return ms;
	}

	async reopen() {
		if (!this.#kept) throw new Error('Nothing was loaded');
		this.#bench = await again(this.#bench, `${this.#endpoint.origin}/`);
		return this.#bench.call('reopen', this.#kept);
	}

	async push(count: number): Promise<number> {
		await this.#bench.call('changeOffline', count);
		return this.#bench.call('push');
	}

	async pull(count: number): Promise<number> {
		await this.#bench.call('follow');
		for (let change = 0; change < count; change++) this.#other.edit();
		await this.#other.sync(this.#endpoint.origin);
		const phones = [...this.#other.edits].map(([id, edits]) => [id, phoneAfter(edits)] as const);
		const before = await this.#endpoint.rowsRead();
		const ms = await this.#bench.call('pull', phones);
		this.rows.push((await this.#endpoint.rowsRead()) - before);
		return ms;
	}

	/** The least that a pull could take: `wireAndDisk` in its page. */
	wireAndDisk(file: string): Promise<number> {
		return this.#bench.call('wireAndDisk', file);
	}

	async close(): Promise<void> {
		this.#other.close();
		await this.#bench.close();
	}
}

export type PeerName = 'rxdb' | 'pouchdb';

/** The exports of a peer's page. */
interface PeerPage {
	firstLoad(): number;
	reopen(): { readonly all: number; readonly records: number };
	follow(): void;
	changeOffline(count: number): void;
	push(count: number): number;
	pull(count: number): number;
}

/** One of the others. */
export class PeerSide implements SyncSide {
	readonly #origin: string;
	readonly #name: PeerName;
	#bench: OpenBench<PeerPage>;

	static async open(browser: Browser, origin: string, name: PeerName): Promise<PeerSide> {
		const context = await browser.newContext();
		return new PeerSide(origin, name, await openBenchPage(context, `${origin}/${name}/`));
	}

	private constructor(origin: string, name: PeerName, bench: OpenBench<PeerPage>) {
		this.#origin = origin;
		this.#name = name;
		this.#bench = bench;
	}

	firstLoad(): Promise<number> {
		return this.#bench.call('firstLoad');
	}

	async reopen() {
		this.#bench = await again(this.#bench, `${this.#origin}/${this.#name}/`);
		const opened = await this.#bench.call('reopen');
		return { ...opened, list: opened.all };
	}

	async push(count: number): Promise<number> {
		await this.#bench.call('follow');
		await this.#bench.call('changeOffline', count);
		return this.#bench.call('push', count);
	}

	async pull(count: number): Promise<number> {
		await this.#bench.call('follow');
		const change = `${this.#origin}/change/${this.#name}?count=${count}`;
		await fetch(change, { method: 'POST' });
		return this.#bench.call('pull', count);
	}

	close(): Promise<void> {
		return this.#bench.close();
	}
}

/** The same page loaded again, with what its storage holds. */
async function again<Module>({ page }: OpenBench<Module>, url: string): Promise<OpenBench<Module>> {
	const context = page.context();
	await page.close();
	return openBenchPage<Module>(context, url);
}
