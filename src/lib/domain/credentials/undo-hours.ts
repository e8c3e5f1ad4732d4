/**
 * The hours for which an issued password can be taken back, by an undo. How long it can be printed again is
 * the vault's (`secretRetention`), as long.
 */
export const passwordUndoHours = 24;
