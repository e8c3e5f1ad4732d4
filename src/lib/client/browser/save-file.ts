/** Hands a file to the browser's own download, under a name. */
export function saveFile(contents: Blob, name: string): void {
	const address = URL.createObjectURL(contents);
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	document.body.append(link);
	link.click();
	link.remove();
	// Some browsers read the address only after the click has returned.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
