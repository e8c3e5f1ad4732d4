import { expect, vi } from 'vitest';
import type { Browser, Reply } from './browser.ts';
import { schoolId } from './school.ts';

/** The page on which mails can be read, once it holds so many. */
export async function mailsOn(browser: Browser, count: number): Promise<string[]> {
	return vi.waitFor(async () => {
		const { body } = await browser.get('/api/mail');
		const found = String(body).split('<article').slice(1);
		expect(found).toHaveLength(count);
		return found;
	}, 10_000);
}

/** Asks for a new password, as who has forgotten theirs. */
export function askReset(browser: Browser, userName: string, language = 'nl'): Promise<Reply> {
	return browser.post('/api/reset', { school: schoolId, userName, language });
}
