import {
	markOf,
	type AuditLine,
	type AuditProgress,
	type AuditVerdict
} from '#lib/protocol/audit.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { askFailureText } from '../browser/ask-text.ts';
import { Asking } from '../browser/asking.svelte.ts';
import type { AskFailure, Asker } from '../browser/ask.ts';
import { readAudit } from './audit-questions.ts';
import { followVerification } from './follow-verification.ts';

export type { AuditLine, AuditVerdict };

/**
 * The school's audit log, as far as it was read from the server. Nothing of it stays on the device.
 */
export class AuditLog {
	readonly #by: Asker;
	readonly #reading: Asking;
	#verifying = $state.raw<AbortController | null>(null);
	#progress = $state.raw<VerifyProgress | null>(null);
	#verifyFailure = $state.raw<AskFailure | null>(null);
	#lines = $state.raw<readonly AuditLine[] | null>(null);
	#hasMore = $state(false);
	#verdict = $state.raw<AuditVerdict | null>(null);

	constructor(by: Asker) {
		this.#by = by;
		this.#reading = new Asking(by);
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
		return problemOf(this.#reading.failure);
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
		return this.#verifying !== null;
	}

	/** How far the check is; null: there is none, or it takes no time. */
	get progress(): VerifyProgress | null {
		return this.#progress;
	}

	/** Why the last check did not succeed. */
	get verifyProblem(): string | null {
		return problemOf(this.#verifyFailure);
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
		if (this.#verifying) return;
		this.#verdict = null;
		this.#verifyFailure = null;
		const verifying = (this.#verifying = new AbortController());
		const { signal } = verifying;
		const startedAt = performance.now();
		const onProgress = (progress: AuditProgress): void => {
			this.#progress = { ...progress, long: performance.now() - startedAt > longMs };
		};
		const followed = await followVerification({ by: this.#by, onProgress, signal });
		if (this.#verifying === verifying) this.#endVerifying();
		if (signal.aborted) return;
		if (followed.ok) this.#verdict = followed.value;
		else this.#verifyFailure = followed.refusal;
	}

	/** *Annuleren*: nothing was changed by it. */
	cancelVerifying(): void {
		this.#verifying?.abort();
		this.#endVerifying();
	}

	#endVerifying(): void {
		this.#verifying = null;
		this.#progress = null;
	}
}

/** From then on somebody may want to stop it. */
const longMs = 3_000;

/** How far the check of the chain is. */
export interface VerifyProgress extends AuditProgress {
	/** It takes long. */
	readonly long: boolean;
}

function problemOf(failure: AskFailure | null): string | null {
	return failure?.code === 'offline' ? m.audit_offline() : failure && askFailureText(failure);
}
