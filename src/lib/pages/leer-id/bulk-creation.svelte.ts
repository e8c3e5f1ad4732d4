import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import {
	creationCommand,
	newPassword,
	newUserNames,
	type NewPassword
} from '#lib/client/leer-id/commands.ts';
import { issueCards } from '#lib/client/cards/issue-cards.ts';
import { previewQr } from '#lib/client/cards/preview-qr.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind, LeerIdType } from '#lib/domain/credentials/kinds.ts';
import { selectForCreation } from '#lib/domain/leer-id/selection.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import { selectionTitle } from './selection-title.ts';

export interface CreationRow {
	readonly pupil: Pupil;
	readonly name: string;
	readonly groupName: string;
	readonly userName: string;
	readonly password: NewPassword;
}

/** *Bulk: maak LeerID's aan*, for one pupil too: who gets which LeerID, with its first password. */
export class BulkCreation {
	type = $state<LeerIdType>('basic');
	basicKind = $state<'word' | 'image'>('word');
	/** Which of the pupils get one, by pupil. */
	readonly chosen = new TableSelection();
	readonly excluded: readonly { pupil: Pupil; name: string; reason: string }[];
	readonly #pupils: readonly Pupil[];
	readonly #userNames: ReadonlyMap<Id, string>;
	readonly #session: Session;
	readonly #printer: PaperPrinter;
	readonly #ticked: TableSelection;

	/** @param ticked the pupils that get one */
	constructor(session: Session, printer: PaperPrinter, ticked: TableSelection) {
		this.#session = session;
		this.#printer = printer;
		this.#ticked = ticked;
		const { creatable, excluded } = selectForCreation(session.state, ticked.ids, session.today);
		this.#pupils = creatable;
		this.#userNames = newUserNames(session.state, creatable);
		this.excluded = excluded.map(({ pupil, reason }) => ({
			pupil,
			name: fullNameOf(pupil),
			reason: reason === 'hasLeerId' ? m.leer_id_reason_has() : m.leer_id_reason_not_enrolled()
		}));
		this.chosen.setAll(
			creatable.map(({ id }) => id),
			true
		);
	}

	get kind(): IssuedKind {
		return this.type === 'advanced' ? 'temporary' : this.basicKind;
	}

	/** The same object until the school itself is changed. */
	readonly #school = $derived.by(() => this.#session.school);

	/** New ones whenever the kind changes, and not with whatever else a colleague changes. */
	readonly #passwords: ReadonlyMap<Id, NewPassword> = $derived.by(() => {
		const { kind } = this;
		const school = this.#school;
		if (!school) return new Map();
		return new Map(this.#pupils.map(({ id }) => [id, newPassword(kind, school)]));
	});

	readonly rows: readonly CreationRow[] = $derived.by(() => {
		const { state } = this.#session;
		return this.#pupils.flatMap((pupil) => {
			const password = this.#passwords.get(pupil.id);
			if (!password) return [];
			return {
				pupil,
				name: fullNameOf(pupil),
				groupName: (pupil.groupId && state.get('group', pupil.groupId)?.name) || '',
				userName: this.#userNames.get(pupil.id) ?? '',
				password
			};
		});
	});

	get isEmpty(): boolean {
		return this.#pupils.length + this.excluded.length === 0;
	}

	/** The cards as they would be printed. */
	get previewCards(): readonly CardContent[] {
		const loginBase = this.#session.school?.loginBase ?? '';
		return this.#chosenRows().map(({ pupil, name, groupName, userName, password }) => ({
			pupilName: name,
			pupilNumber: pupil.pupilNumber,
			groupName,
			type: this.type,
			userName,
			loginAddress: `${loginBase}${userName}`,
			secret: password.secret,
			qr: previewQr
		}));
	}

	/** *Bewaren en afdrukken*. */
	async save(): ReturnType<typeof issueCards> {
		const rows = this.#chosenRows();
		const { type } = this;
		const issued = await issueCards(this.#session, this.#printer, {
			title: selectionTitle(
				this.#session.state,
				rows.map(({ pupil }) => pupil.id)
			),
			commands: (printRunId) =>
				rows.map(({ pupil, userName, password }) =>
					creationCommand({ pupilId: pupil.id, userName, type, password }, printRunId)
				),
			done: (count) => m.leer_id_created({ count, number: formatNumber(count) })
		});
		if (issued.ok) this.#ticked.clear();
		return issued;
	}

	#chosenRows(): readonly CreationRow[] {
		return this.rows.filter(({ pupil }) => this.chosen.has(pupil.id));
	}
}
