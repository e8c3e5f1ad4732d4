import { accountMutations as byAdministration } from './account-mutations.ts';
import { guardianAccessMutations } from './guardian-access-mutations.ts';
import { ownMutations } from './own-mutations.ts';
import { signInMutations } from './sign-in-mutations.ts';

export const accountMutations = {
	...byAdministration,
	...ownMutations,
	...signInMutations,
	...guardianAccessMutations
};
