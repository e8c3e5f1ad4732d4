import { changeContract } from './testing/change-contract.ts';
import { clientContract } from './testing/client-contract.ts';
import { dueContract } from './testing/due-contract.ts';
import { overEveryEngine } from './testing/engines.ts';
import { quotaContract } from './testing/quota-contract.ts';
import { statementContract } from './testing/statement-contract.ts';
import { transactionContract } from './testing/transaction-contract.ts';

overEveryEngine((tried) => {
	transactionContract(tried);
	statementContract(tried);
	changeContract(tried);
	clientContract(tried);
	dueContract(tried);
	quotaContract(tried);
});
