import { Problem } from '@seaworthy/chassis/problem';
import { mostAttributes, type User, type UserPatch } from '@seaworthy/contracts/users';

/**
 * The user with a JSON Merge Patch (RFC 7396) applied.
 * @throws Problem of kind `invalid` when that makes too many attributes
 */
export function patched(user: User, patch: UserPatch): User {
  const merged = merge({ ...user }, patch) as User;
  if (Object.keys(merged.attributes ?? {}).length <= mostAttributes) return merged;
  const detail = `must not have more than ${mostAttributes} properties after the change`;
  throw new Problem('invalid', 'The user would have too many attributes.', {
    errors: [{ pointer: '/attributes', code: 'maxProperties', detail }],
  });
}

type Members = Record<string, unknown>;

function merge(target: Members, patch: Members): Members {
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = isObject(value) ? merge(asObject(merged[name]), value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Members {
  return isObject(value) ? value : {};
}
