/** Issued passwords can be printed again for as long, and can be taken back. */
export const passwordUndoHours = 24;
