import { Problem } from '@seaworthy/chassis/problem';
import { mostAttributes } from '@seaworthy/contracts/users';

/** The refusal of an address or a name that another user has. Never says which user. */
export function alreadyTaken(field: 'email' | 'userName'): Problem {
  const [what, pointer] = field === 'email' ? ['e-mail address', '/email'] : ['user name', '/userName'];
  return new Problem('conflict', `This ${what} belongs to another user.`, {
    errors: [{ pointer, code: 'taken', detail: 'belongs to another user' }],
  });
}

/** The refusal of an id that another user has. */
export function alreadyThere(): Problem {
  return new Problem('precondition-failed', 'There is a user with this id already.');
}

/** The refusal of a patch that would leave too many attributes. */
export function tooManyAttributes(): Problem {
  const detail = `must not have more than ${mostAttributes} properties after the change`;
  return new Problem('invalid', 'The user would have too many attributes.', {
    errors: [{ pointer: '/attributes', code: 'maxProperties', detail }],
  });
}
