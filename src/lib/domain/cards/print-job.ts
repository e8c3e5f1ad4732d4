import type { LeerIdType } from '../credentials/kinds.ts';
import type { Secret } from '../credentials/secret.ts';

/** Everything on one printed card. */
export interface CardContent {
	readonly pupilName: string;
	readonly pupilNumber: string;
	readonly groupName: string;
	readonly type: LeerIdType;
	readonly userName: string;
	/** Login base and user name: `https://mijn.leerid.be/suheda.carabin`. */
	readonly loginAddress: string;
	readonly secret: Secret;
	/** The signed text of the QR code, uppercase base45 with its prefix; at most 154 characters. */
	readonly qr: string;
}
