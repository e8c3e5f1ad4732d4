/** The remainder modulo 11 that BSN and onderwijsnummer share: Σ(9−i)·dᵢ for i = 0…7, minus d₈. */
function elevenRemainder(digits: string): number {
	let sum = -Number(digits[8]);
	for (let i = 0; i < 8; i++) sum += (9 - i) * Number(digits[i]);
	return ((sum % 11) + 11) % 11;
}

/** Tells whether nine digits are a burgerservicenummer (facts, *Personal numbers*). */
export function isBsn(digits: string): boolean {
	return /^\d{9}$/.test(digits) && digits !== '000000000' && elevenRemainder(digits) === 0;
}

/** Tells whether nine digits are an onderwijsnummer, which a pupil without a BSN gets. */
export function isOnderwijsnummer(digits: string): boolean {
	return /^10\d{7}$/.test(digits) && elevenRemainder(digits) === 5;
}
