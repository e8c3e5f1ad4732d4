import { largestRoute } from '../../scripts/shell-size.mjs';
import { firstScreenKb } from './support/first-screen.ts';
import { figure, report } from './support/report.ts';

const largest = largestRoute();
if (!largest) throw new Error('The build has no routes');
console.log(`Largest route: ${largest.route}`);

report([
	figure('shell-first', await firstScreenKb(), 'kB'),
	figure('shell-largest-route', largest.bytes / 1000, 'kB')
]);
