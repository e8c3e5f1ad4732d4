/** One line of the log: what happened and how long it took, and nothing about anybody. */
export type LogLine = Readonly<Record<string, string | number | boolean | null>>;

export type Log = (line: LogLine) => void;

/** A line of JSON each, on standard output. */
export function logTo(out: { write(text: string): unknown }, now: () => Date): Log {
	return (line) => void out.write(`${JSON.stringify({ at: now().toISOString(), ...line })}\n`);
}

/**
 * A bug, for the log: its kind and where it came from. Its message is left out, since it may hold
 * what somebody typed, or a value from the database.
 */
export function describeError(error: unknown): LogLine {
	if (!(error instanceof Error)) return { error: typeof error };
	const code = (error as NodeJS.ErrnoException).code ?? null;
	// The message, of several lines perhaps, stands before the first frame.
	const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
	return {
		error: error.name,
		code,
		stack: frames
			.slice(0, 8)
			.map((line) => line.trim())
			.join(' < ')
	};
}
