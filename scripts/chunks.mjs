// Many small chunks compress badly: what each start needs as a whole becomes one chunk.

/**
 * Groups of modules that are always loaded together, in this order: a module goes with the first
 * that needs it. Everything else is split by the bundler, page by page.
 *
 * @type {{ name: string; roots: RegExp }[]}
 */
const groups = [
	{
		name: 'first',
		// Its page, and what that reaches for at once: the registration of the service worker, and how
		// words are counted.
		roots: new RegExp(
			[
				'src/routes/\\+(?:layout|error)\\.svelte',
				'src/routes/\\(start\\)/\\+page\\.svelte',
				'src/lib/client/browser/trusted\\.ts',
				'src/lib/i18n/paraglide/registry\\.js'
			]
				.map((path) => `${path}$`)
				.join('|')
		)
	},
	// Wherever a school is open, and what its first page takes beside it. device.ts itself stays a chunk
	// of its own: the first screen must be able to load it later.
	{
		name: 'desk',
		roots:
			/src\/(?:routes\/beheer\/(?:leerlingen\/)?\+layout\.svelte|lib\/client\/app\/device\.ts)$/
	},
	// What is small and on most pages.
	{
		name: 'page',
		roots:
			/src\/lib\/(?:ui\/(?:frame\/PageHeader|feedback\/StatusDot|fields\/CheckMark|TextLink)\.svelte|domain\/kernel\/text\/compare-names\.ts)$/
	}
];

const dynamicRoot = /src\/lib\/client\/app\/device\.ts$/;

/** Barrels, of which a module uses less than it imports. The bundler knows best which part. */
const barrel = /node_modules\/(?:svelte|@sveltejs\/kit|esm-env|clsx|devalue)\//;

/** @returns {import('vite').Plugin} */
export function groupChunks() {
	/** @type {Map<string, string>} */
	const groupOf = new Map();
	return {
		name: 'group-chunks',
		apply: 'build',
		config({ build }) {
			if (build?.ssr) return undefined;
			const codeSplitting = {
				groups: groups.map(({ name }, index) => ({
					name,
					priority: groups.length - index,
					test: (/** @type {string} */ id) => groupOf.get(id) === name
				}))
			};
			return { build: { rolldownOptions: { output: { codeSplitting } } } };
		},
		renderStart() {
			groupOf.clear();
			const ids = [...this.getModuleIds()];
			const importsOf = (/** @type {string} */ id) =>
				(this.getModuleInfo(id)?.importedIds ?? []).filter((imported) => !barrel.test(imported));
			for (const { name, roots } of groups) {
				const start = ids.filter((id) => roots.test(id));
				for (const id of reachable(start, importsOf)) {
					if (!groupOf.has(id) && !dynamicRoot.test(id)) groupOf.set(id, name);
				}
			}
		}
	};
}

/**
 * @param {string[]} start
 * @param {(id: string) => string[]} importsOf
 * @returns {Set<string>}
 */
function reachable(start, importsOf) {
	const found = new Set(start);
	// A set that grows while it is walked.
	for (const id of found) for (const imported of importsOf(id)) found.add(imported);
	return found;
}
