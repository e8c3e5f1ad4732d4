import { cpuUsage, threadCpuUsage } from 'node:process';
import { expect, test } from 'vitest';
import { Passwords, TooBusy } from './passwords.ts';

const pepper = Buffer.alloc(32, 1);

test('a password is known by its hash, and no other password is', async () => {
	const passwords = new Passwords({ pepper });
	const hash = await passwords.hash('zomer-fiets-lamp');
	expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await passwords.verify('zomer-fiets-lamp', hash)).toBe(true);
	expect(await passwords.verify('zomer-fiets-lam', hash)).toBe(false);
	expect(await passwords.hash('zomer-fiets-lamp')).not.toBe(hash);
});

test('letters with accents are the same however they were typed', async () => {
	const passwords = new Passwords({ pepper });
	const hash = await passwords.hash('caf\u00e9 om de hoek');
	expect(await passwords.verify('cafe\u0301 om de hoek', hash)).toBe(true);
});

test('without the server key a stolen hash verifies nothing', async () => {
	const hash = await new Passwords({ pepper }).hash('zal659');
	expect(await new Passwords({ pepper: Buffer.alloc(32, 2) }).verify('zal659', hash)).toBe(false);
});

test('an account that does not exist costs one run too, and never matches', async () => {
	const passwords = new Passwords({ pepper });
	expect(await passwords.verify('zal659', null)).toBe(false);
	expect(passwords.runs).toBe(1);
});

test('hashes made with other costs still verify', async () => {
	const old =
		'$argon2id$v=19$m=8192,t=1,p=1$AQEBAQEBAQEBAQEBAQEBAQ$LH+vIMTSyF21Ek3b9qgh/UuTQxBja3zo7hu9sekrrR4';
	const passwords = new Passwords({ pepper });
	expect(await passwords.verify('oud wachtwoord', old)).toBe(true);
	expect(await passwords.verify('een ander', old)).toBe(false);
	await expect(passwords.verify('x', 'plain text')).rejects.toThrow('cannot be read');
});

test('hashing a class full leaves the main thread free', async () => {
	const passwords = new Passwords({ pepper });
	const [all, own] = [cpuUsage(), threadCpuUsage()];
	await Promise.all(Array.from({ length: 20 }, () => passwords.hash('zal659')));
	const [{ user }, { user: onThisThread }] = [cpuUsage(all), threadCpuUsage(own)];
	expect(passwords.runs).toBe(20);
	expect(onThisThread).toBeLessThan(user / 4);
});

test('more than can be checked in good time is refused at once', async () => {
	const passwords = new Passwords({ pepper, mayWait: 2 });
	const all = await Promise.allSettled(
		Array.from({ length: 6 }, () => passwords.verify('zal659', null))
	);
	expect(all.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
	expect((all[5] as PromiseRejectedResult).reason).toBeInstanceOf(TooBusy);
	expect(await passwords.verify('zal659', null)).toBe(false);
});
