import { markOf, type AuditLine, type AuditVerdict } from '#lib/protocol/audit.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { askFailureText } from './ask-text.ts';
import type { Asker } from './ask.ts';
import { Asking } from './asking.svelte.ts';
import { readAudit, verifyAudit } from './audit-questions.ts';

export type { AuditLine, AuditVerdict };

/** The school's audit log, as far as it was read from the endpoint. Nothing of it stays on the device. */
export class AuditLog {
	readonly #reading: Asking;
	readonly #verifying: Asking;
	#lines = $state.raw<readonly AuditLine[] | null>(null);
	#hasMore = $state(false);
	#verdict = $state.raw<AuditVerdict | null>(null);

	constructor(by: Asker) {
		this.#reading = new Asking(by);
		this.#verifying = new Asking(by);
	}

	/** The newest first; null: not read yet. */
	get lines(): readonly AuditLine[] | null {
		return this.#lines;
	}

	get hasMore(): boolean {
		return this.#hasMore;
	}

	get busy(): boolean {
		return this.#reading.busy;
	}

	/** Why the last reading did not succeed. */
	get problem(): string | null {
		return problemOf(this.#reading);
	}

	/** Of the last check; null: none, or not yet. */
	get verdict(): AuditVerdict | null {
		return this.#verdict;
	}

	/** By which somebody knows the last entry again; empty: there is none. */
	get lastMark(): string {
		return markOf(this.#verdict?.lastHash ?? '');
	}

	get verifying(): boolean {
		return this.#verifying.busy;
	}

	/** Why the last check did not succeed. */
	get verifyProblem(): string | null {
		return problemOf(this.#verifying);
	}

	/** The newest, and each time after that what comes next. */
	async read(): Promise<void> {
		const here = this.#lines ?? [];
		const page = await this.#reading.ask(readAudit({ before: here.at(-1)?.seq ?? null }));
		if (!page) return;
		this.#lines = [...here, ...page.lines];
		this.#hasMore = page.more;
	}

	/** *Keten controleren*. */
	async verify(): Promise<void> {
		this.#verdict = null;
		this.#verdict = await this.#verifying.ask(verifyAudit());
	}
}

function problemOf({ failure }: Asking): string | null {
	return failure?.code === 'offline' ? m.audit_offline() : failure && askFailureText(failure);
}
