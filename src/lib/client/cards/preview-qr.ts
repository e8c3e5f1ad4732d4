/**
 * Stands in a preview for the QR text, which is signed only once the card exists. As long as a real
 * one, so that the code on the screen is as dense as on paper.
 */
export const previewQr = `SK1:${'0'.repeat(149)}`;
