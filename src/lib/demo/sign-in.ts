/**
 * The account that runs the demo school. Its own small file: the first screen shows it without the
 * school.
 */
export const demoAccount = { userName: 'an.peeters', displayName: 'An Peeters' } as const;

/** No secret: it opens made-up data. */
export const demoPassword = 'vier olifanten op stelten';
