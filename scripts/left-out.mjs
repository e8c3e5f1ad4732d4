// Stands in the bundle for packages that a library asks for what this app never does.

/** Of fast-png, which jsPDF imports for pictures in PNG. */
export function decode() {
	throw new Error('This package was left out in scripts/bundling.mjs');
}
