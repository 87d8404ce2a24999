import { contentOf } from '../../../src/scim/content.ts';
import { readDocument } from '../../../src/scim/document.ts';
import { applyOperations } from '../../../src/scim/patch/apply-operations.ts';
import { readOperations } from '../../../src/scim/patch/operations.ts';
import { Refusal } from '../../../src/scim/refusal.ts';
import type { UserRecord } from '../../../src/user.ts';
import { coreUrn, patchUrn } from '../scim-server.ts';

/** What a user says of himself besides his names after a PATCH; he is active before. */
export function patched(attributes: object, ...operations: readonly unknown[]) {
  const parsed = readOperations({ schemas: [patchUrn], Operations: operations });
  const { userName, displayName, active, ...rest } = applyOperations(recordOf(attributes), parsed);
  return active === true ? rest : { ...rest, active };
}

/** Why a PATCH is refused. */
export function refused(attributes: object, ...operations: readonly unknown[]) {
  try {
    return patched(attributes, ...operations);
  } catch (error) {
    if (error instanceof Refusal) return error.scimType;
    throw error;
  }
}

function recordOf(attributes: object): UserRecord {
  const content = contentOf(readDocument({ schemas: [coreUrn], userName: 'b', ...attributes }));
  const times = { createdAt: '2026-11-23T10:00:00.000Z', updatedAt: '2026-11-23T10:00:00.000Z' };
  return {
    id: '01a20914-6052-781f-bb60-1502d2b64a65',
    status: 'active',
    version: 1,
    ...times,
    ...content,
  } as UserRecord;
}
