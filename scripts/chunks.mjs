// Many small chunks compress badly: what each start needs as a whole becomes one chunk.

/**
 * What is always loaded together, in this order: a module goes with the first that needs it.
 * Everything else is split by the bundler, page by page.
 *
 * @type {{ name: string; roots: RegExp }[]}
 */
const groups = [
	{
		name: 'first',
		roots: /src\/routes\/(?:\+(?:layout|error)\.svelte|\(start\)\/\+page\.svelte)$/
	},
	// Wherever a school is open. device.ts itself stays a chunk of its own: the first screen must be
	// able to load it later.
	{
		name: 'desk',
		roots: /src\/(?:routes\/beheer\/\+layout\.svelte|lib\/client\/app\/device\.ts)$/
	},
	// What is small and on most pages.
	{
		name: 'page',
		roots:
			/src\/lib\/(?:ui\/(?:frame\/PageHeader|feedback\/StatusDot|fields\/CheckMark|TextLink)\.svelte|domain\/kernel\/text\/compare-names\.ts|i18n\/paraglide\/registry\.js)$/
	}
];

const dynamicRoot = /src\/lib\/client\/app\/device\.ts$/;

/** Barrels, of which a module uses less than it imports. The bundler knows best which part. */
const barrel =
	/paraglide\/messages(?:\/_index)?\.js$|node_modules\/(?:svelte|@sveltejs\/kit|esm-env|clsx|devalue)\//;

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
			const importsOf = importsIn(ids, (id) => this.getModuleInfo(id));
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
 * @param {string[]} ids of all modules
 * @param {(id: string) => { importedIds: readonly string[]; code: string | null } | null} infoOf
 * @returns {(id: string) => string[]} what a module imports statically; instead of the barrel of
 *   messages, the messages that it uses
 */
function importsIn(ids, infoOf) {
	/** @type {Map<string, string>} */
	const messages = new Map();
	for (const id of ids.filter((id) => /paraglide\/messages\/[^_]/.test(id))) {
		for (const [, key = ''] of (infoOf(id)?.code ?? '').matchAll(/export const (\w+)/g)) {
			messages.set(key, id);
		}
	}
	return (id) => {
		const { importedIds = [], code } = infoOf(id) ?? {};
		const used = [...(code ?? '').matchAll(/\bm\.(\w+)/g)]
			.map(([, key = '']) => messages.get(key))
			.filter((message) => message !== undefined);
		return [...importedIds.filter((imported) => !barrel.test(imported)), ...used];
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
