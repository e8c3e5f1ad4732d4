type Env = Readonly<Record<string, string | undefined>>;

/**
 * The address to listen at. Where neither `HOST` nor `ORIGIN` is set, nobody has said that others are
 * to reach this machine: then it listens to itself alone.
 *
 * @returns undefined: all addresses of this machine
 */
export function hostFrom({ HOST: host, ORIGIN: origin }: Env): string | undefined {
	if (host) return host;
	return origin ? undefined : '127.0.0.1';
}
