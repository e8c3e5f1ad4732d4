import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { expect, test } from 'vitest';

const folder = 'src/lib/ui/look';

test('Tailwind reads the class names of every component, and of what is beside them in this room', () => {
	const css = readFileSync(join(folder, 'app.css'), 'utf8');
	const sources = [...css.matchAll(/^@source '(.+)';$/gm)].map(([, glob = '']) =>
		join(folder, glob)
	);
	expect(sources).toEqual(['src/**/*.svelte', 'src/lib/ui/**/*.ts']);
});
