import { UserId } from '@seaworthy/contracts/users';
import { Type } from 'typebox';

/** The path of a single user. */
export const UserPath = Type.Object({ id: UserId });
