import { expect, test } from 'vitest';
import {
	countTests,
	endToEndTests,
	engineTests,
	pageWords,
	summary,
	unitTests
} from './report.mjs';

const unit = {
	testResults: [
		{
			name: '/elsewhere/dates.test.ts',
			assertionResults: [
				{ fullName: 'a year begins', duration: 1500, status: 'passed' },
				{ fullName: 'a year ends', duration: 250, status: 'failed' },
				{ fullName: 'only on PostgreSQL', status: 'skipped' }
			]
		},
		{ name: '/elsewhere/does-not-load.test.ts', assertionResults: [] }
	]
};

const endToEnd = {
	suites: [
		{
			title: 'desk.spec.ts',
			specs: [{ title: 'opens', tests: [{ status: 'expected', results: [{ duration: 4000 }] }] }],
			suites: [
				{
					title: 'on a phone',
					specs: [
						{
							title: 'closes',
							tests: [
								{
									status: 'unexpected',
									results: [
										{ duration: 1000, attachments: [{ name: 'screenshot', path: '/a.png' }] },
										{ duration: 2000, attachments: [{ name: 'error-context', path: '/b.md' }] }
									]
								},
								{ status: 'skipped', results: [] }
							]
						}
					]
				}
			]
		}
	]
};

const engines = `<testsuites>
	<testsuite name="Firefox" time="9.1" tests="1">
		<testcase name="opens &quot;A &amp; B&quot;" time="8.5" classname="test"/>
	</testsuite>
	<testsuite name="WebKit" time="3" tests="1">
		<testcase name="opens" time="2.5" classname="test" failure="gone">
			<failure type="testCodeFailure" message="gone"></failure>
		</testcase>
	</testsuite>
</testsuites>`;

test('a unit test has its file, its seconds and whether it failed, and a skipped one is left out', () => {
	expect(unitTests(unit)).toEqual([
		{ stage: 'unit', name: '/elsewhere/dates.test.ts: a year begins', seconds: 1.5, failed: false },
		{ stage: 'unit', name: '/elsewhere/dates.test.ts: a year ends', seconds: 0.25, failed: true }
	]);
});

test('an end-to-end test has the seconds of all its tries, and the words of its page', () => {
	expect(endToEndTests(endToEnd)).toEqual([
		{ stage: 'e2e', name: 'desk.spec.ts: opens', seconds: 4, failed: false },
		{
			stage: 'e2e',
			name: 'desk.spec.ts: on a phone › closes',
			seconds: 3,
			failed: true,
			words: '/b.md'
		}
	]);
});

test('a test in another browser has its engine', () => {
	expect(engineTests(engines)).toEqual([
		{ stage: 'engines', name: 'Firefox: opens "A & B"', seconds: 8.5, failed: false },
		{ stage: 'engines', name: 'WebKit: opens', seconds: 2.5, failed: true }
	]);
});

test('no report is no tests', () => {
	expect([...unitTests(undefined), ...endToEndTests(undefined), ...engineTests('')]).toEqual([]);
});

test('the sum counts unit and end-to-end tests', () => {
	const tests = [...unitTests(unit), ...endToEndTests(endToEnd), ...engineTests(engines)];
	expect(countTests(tests)).toEqual({ passed: 2, failed: 2 });
});

test('the summary tells tests, seconds and worker-seconds of each stage, and the slowest tests', () => {
	const stages = [
		{ name: 'types', seconds: 40 },
		{ name: 'unit', seconds: 81.26 },
		{ name: 'e2e', seconds: 5 }
	];
	const lines = summary(stages, [...unitTests(unit), ...endToEndTests(endToEnd)], 130).split('\n');
	expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
		[''],
		['tests', 'seconds', 'worker-s'],
		['types', '40.0'],
		['unit', '2', '81.3', '1.8'],
		['e2e', '2', '5.0', '7.0'],
		['all', '4', '130.0', '8.8'],
		[''],
		['The slowest tests:'],
		['4.0 s', 'desk.spec.ts: opens'],
		['3.0 s', 'desk.spec.ts: on a phone › closes'],
		['1.5 s', '/elsewhere/dates.test.ts: a year begins'],
		['0.3 s', '/elsewhere/dates.test.ts: a year ends']
	]);
});

test('ten tests are the slowest, of however many', () => {
	const tests = Array.from({ length: 30 }, (_, at) => ({
		stage: 'unit',
		name: `test ${at}`,
		seconds: at,
		failed: false
	}));
	const told = summary([], tests, 1).split('\n').slice(-10);
	expect(told[0]).toContain('test 29');
	expect(told[9]).toContain('test 20');
});

test('of a page its words are told, up to eighty lines', () => {
	const context = (lines: string[]) =>
		`# Error details\n\n\`\`\`\nError: x\n\`\`\`\n\n# Page snapshot\n\n\`\`\`yaml\n${lines.join('\n')}\n\`\`\`\n\n# Test source\n`;
	expect(pageWords(context(['- heading "Leerlingen"', '- alert: Niet bewaard']))).toBe(
		'  - heading "Leerlingen"\n  - alert: Niet bewaard'
	);
	const long = pageWords(context(Array.from({ length: 100 }, (_, at) => `- row ${at}`)));
	expect(long.split('\n')).toHaveLength(81);
	expect(long).toContain('- row 79\n  … and 20 lines more');
	expect(pageWords('# Error details')).toContain('kept nothing');
});
