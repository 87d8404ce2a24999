import { attributesContract } from './attributes.contract.ts';
import { churnContract } from './churn.contract.ts';
import { createContract } from './create.contract.ts';
import { deleteContract } from './delete.contract.ts';
import { idempotencyContract } from './idempotency.contract.ts';
import { listContract } from './list.contract.ts';
import { methodsContract } from './methods.contract.ts';
import { negotiationContract } from './negotiation.contract.ts';
import { pagingContract } from './paging.contract.ts';
import { patchContract } from './patch.contract.ts';
import { preconditionsContract } from './preconditions.contract.ts';
import { problemsContract } from './problems.contract.ts';
import { putContract } from './put.contract.ts';
import { scimDiscoveryContract } from './scim-discovery.contract.ts';
import { scimListContract } from './scim-list.contract.ts';
import { scimPatchContract } from './scim-patch.contract.ts';
import { scimUsersContract } from './scim-users.contract.ts';
import { showContract } from './show.contract.ts';
import type { At } from './users-api.ts';

const suites = [
  createContract,
  idempotencyContract,
  showContract,
  listContract,
  pagingContract,
  churnContract,
  putContract,
  patchContract,
  deleteContract,
  preconditionsContract,
  negotiationContract,
  methodsContract,
  problemsContract,
  attributesContract,
  scimUsersContract,
  scimListContract,
  scimPatchContract,
  scimDiscoveryContract,
];

/** All that callers may rely on, over HTTP: it asks for no empty database, and knows nothing of the program. */
export function usersContract(at: At): void {
  for (const suite of suites) suite(at);
}
