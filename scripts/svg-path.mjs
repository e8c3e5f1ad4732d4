// SVG path data with every command, as absolute M, L, C and Z: all that SVG and PDF share.

const argumentCounts = { M: 2, L: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, T: 2, A: 7, Z: 0 };

/**
 * @param {string} d
 * @returns {string}
 */
export function absolutePath(d) {
	const out = [];
	let x = 0;
	let y = 0;
	let start = [0, 0];
	let control = null;
	let previous = '';
	for (const [letter, given] of commands(d)) {
		const name = letter.toUpperCase();
		const args = letter === name ? given : absolute(name, given, x, y);
		const mirrored = (kinds) =>
			control && kinds.includes(previous) ? [2 * x - control[0], 2 * y - control[1]] : [x, y];
		if (name === 'Z') {
			out.push('Z');
			[x, y] = start;
		} else if (name === 'M' || name === 'L' || name === 'H' || name === 'V') {
			const to = name === 'H' ? [args[0], y] : name === 'V' ? [x, args[0]] : args;
			out.push((name === 'M' ? 'M' : 'L') + numbers(to));
			[x, y] = to;
			if (name === 'M') start = to;
		} else {
			const curves = toCubics(name, args, x, y, mirrored);
			for (const curve of curves.cubics) out.push('C' + numbers(curve));
			control = curves.control;
			[x, y] = args.slice(-2);
		}
		previous = name;
	}
	return out.join('');
}

function* commands(d) {
	for (const [, letter, rest] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
		const count = argumentCounts[letter.toUpperCase()];
		const values = parseNumbers(rest, letter.toUpperCase() === 'A');
		if (count === 0) yield [letter, []];
		for (let i = 0; count > 0 && i < values.length; i += count) {
			const again = i > 0 && letter === 'M' ? 'L' : i > 0 && letter === 'm' ? 'l' : letter;
			yield [again, values.slice(i, i + count)];
		}
	}
}

/** The flags of an arc may stand without a separator: `a1 1 0 011 1`. */
function parseNumbers(text, arc) {
	const values = [];
	let at = 0;
	while (at < text.length) {
		const flag = arc && [3, 4].includes(values.length % 7);
		const pattern = flag ? /[\s,]*([01])/y : /[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/iy;
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (!match) break;
		values.push(Number(match[1]));
		at = pattern.lastIndex;
	}
	return values;
}

function absolute(name, args, x, y) {
	if (name === 'H') return [args[0] + x];
	if (name === 'V') return [args[0] + y];
	if (name === 'A') return [...args.slice(0, 5), args[5] + x, args[6] + y];
	return args.map((value, i) => value + (i % 2 ? y : x));
}

function toCubics(name, args, x, y, mirrored) {
	if (name === 'C') return { cubics: [args], control: args.slice(2, 4) };
	if (name === 'S') {
		const cubic = [...mirrored(['C', 'S']), ...args];
		return { cubics: [cubic], control: args.slice(0, 2) };
	}
	if (name === 'A') return { cubics: arc(x, y, ...args), control: null };
	const [cx, cy] = name === 'Q' ? args : mirrored(['Q', 'T']);
	const [toX, toY] = args.slice(-2);
	const third = (from, to) => from + (2 / 3) * (to - from);
	const cubic = [third(x, cx), third(y, cy), third(toX, cx), third(toY, cy), toX, toY];
	return { cubics: [cubic], control: [cx, cy] };
}

/** SVG 1.1 §F.6.5, then a cubic per quarter turn. */
function arc(x1, y1, radiusX, radiusY, degrees, large, sweep, x2, y2) {
	let rx = Math.abs(radiusX);
	let ry = Math.abs(radiusY);
	if (!rx || !ry) return [[x1, y1, x2, y2, x2, y2]];
	const phi = (degrees * Math.PI) / 180;
	const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
	const dx = (x1 - x2) / 2;
	const dy = (y1 - y2) / 2;
	const px = cos * dx + sin * dy;
	const py = -sin * dx + cos * dy;
	const grow = Math.sqrt(Math.max(1, (px / rx) ** 2 + (py / ry) ** 2));
	rx *= grow;
	ry *= grow;
	const spread = (rx * py) ** 2 + (ry * px) ** 2;
	const root = Math.sqrt(Math.max(0, ((rx * ry) ** 2 - spread) / spread));
	const factor = large === sweep ? -root : root;
	const cx = (factor * rx * py) / ry;
	const cy = (-factor * ry * px) / rx;
	const from = Math.atan2((py - cy) / ry, (px - cx) / rx);
	let turn = Math.atan2((-py - cy) / ry, (-px - cx) / rx) - from;
	if (sweep && turn < 0) turn += 2 * Math.PI;
	if (!sweep && turn > 0) turn -= 2 * Math.PI;
	const count = Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9);
	const step = turn / count;
	const k = (4 / 3) * Math.tan(step / 4);
	const place = (u, v) => [
		cos * rx * u - sin * ry * v + cos * cx - sin * cy + (x1 + x2) / 2,
		sin * rx * u + cos * ry * v + sin * cx + cos * cy + (y1 + y2) / 2
	];
	return Array.from({ length: count }, (_, i) => {
		const a = from + i * step;
		const b = a + step;
		return [
			...place(Math.cos(a) - k * Math.sin(a), Math.sin(a) + k * Math.cos(a)),
			...place(Math.cos(b) + k * Math.sin(b), Math.sin(b) - k * Math.cos(b)),
			...place(Math.cos(b), Math.sin(b))
		];
	});
}

function numbers(values) {
	return values.map((value) => String(Math.round(value * 100) / 100)).join(' ');
}
