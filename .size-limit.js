import { firstScreenFiles, largestRouteFiles } from './scripts/shell-size.mjs';

export default [
	{ name: 'shell-first', path: firstScreenFiles(), limit: '90 kB', gzip: true },
	{ name: 'shell-largest-route', path: largestRouteFiles(), limit: '165 kB', gzip: true }
];
