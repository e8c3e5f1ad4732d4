import { cardContent } from '#lib/client/cards/card-content.ts';
import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import {
	newPassword,
	renewalCommand,
	renewedKind,
	type PlannedRenewal
} from '#lib/client/leer-id/commands.ts';
import { issueCards } from '#lib/client/cards/issue-cards.ts';
import { previewQr } from '#lib/client/cards/preview-qr.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { selectForRenewal } from '#lib/domain/leer-id/selection.ts';
import { leerIdStatus } from '#lib/domain/credentials/status.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import { statusText } from '../credentials/leer-id-text.ts';
import { selectionTitle } from './selection-title.ts';

export interface RenewalRow extends PlannedRenewal {
	readonly pupilId: Id;
	readonly name: string;
	readonly pupilNumber: string;
	readonly userName: string;
	/** *nieuw gevorderd wachtwoord*. */
	readonly kindNote: string;
}

const kindNotes = {
	word: m.leer_id_new_basic,
	image: m.leer_id_new_image,
	temporary: m.leer_id_new_advanced
};

/** *Bulk: genereer nieuw wachtwoord*: the ticked pupils in three lists, with their new passwords. */
export class BulkRenewal {
	/** Which of the renewable ones are renewed, by LeerID. */
	readonly chosen = new TableSelection();
	readonly renewable: readonly RenewalRow[];
	readonly linked: readonly LinkedRow[];
	readonly inactive: readonly InactiveRow[];
	readonly #session: Session;
	readonly #printer: PaperPrinter;
	readonly #ticked: TableSelection;

	/** @param ticked the pupils whose passwords are renewed */
	constructor(session: Session, printer: PaperPrinter, ticked: TableSelection) {
		this.#session = session;
		this.#printer = printer;
		this.#ticked = ticked;
		const { state, today, school } = session;
		const split = selectForRenewal(state, ticked.ids, today);
		this.renewable = school
			? split.renewable.map(({ pupil, leerId }) => renewalRow(pupil, leerId, school))
			: [];
		this.linked = split.linked.map(({ pupil, leerId: { userName }, maskedEmail }) => ({
			...named(pupil),
			userName,
			maskedEmail
		}));
		this.inactive = split.withoutAccount.map((pupil) => ({
			...named(pupil),
			status: statusText(leerIdStatus(state, pupil.id, today).status)
		}));
		this.chosen.setAll(
			this.renewable.map(({ leerId }) => leerId.id),
			true
		);
	}

	get isEmpty(): boolean {
		return this.renewable.length + this.linked.length + this.inactive.length === 0;
	}

	/** The first cards as they would be printed. */
	get previewCards(): readonly CardContent[] {
		return this.#chosenRows().map(({ pupilId, leerId, password }) =>
			cardContent(
				this.#session.state,
				{ pupilId, leerIdId: leerId.id },
				{ secret: password.secret, qr: previewQr }
			)
		);
	}

	/** *Bewaren en afdrukken*. */
	async save(): ReturnType<typeof issueCards> {
		const rows = this.#chosenRows();
		const issued = await issueCards(this.#session, this.#printer, {
			title: selectionTitle(
				this.#session.state,
				rows.map(({ pupilId }) => pupilId)
			),
			commands: (printRunId) => rows.map((row) => renewalCommand(row, printRunId)),
			done: (count) => m.leer_id_renewed({ count, number: formatNumber(count) })
		});
		if (issued.ok) this.#ticked.clear();
		return issued;
	}

	#chosenRows(): readonly RenewalRow[] {
		return this.renewable.filter(({ leerId }) => this.chosen.has(leerId.id));
	}
}

interface NamedPupil {
	readonly pupilId: Id;
	readonly name: string;
	readonly pupilNumber: string;
}

interface LinkedRow extends NamedPupil {
	readonly userName: string;
	readonly maskedEmail: string;
}

interface InactiveRow extends NamedPupil {
	readonly status: string;
}

function named(pupil: Pupil): NamedPupil {
	return { pupilId: pupil.id, name: fullNameOf(pupil), pupilNumber: pupil.pupilNumber };
}

function renewalRow(pupil: Pupil, leerId: LeerId, school: School): RenewalRow {
	const password = newPassword(renewedKind(leerId), school);
	const kindNote = kindNotes[password.secret.kind]();
	return { ...named(pupil), leerId, userName: leerId.userName, password, kindNote };
}
