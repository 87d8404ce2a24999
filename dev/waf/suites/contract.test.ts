import { usersContract } from '@seaworthy/acceptance/users/users.contract';
import { describe, inject } from 'vitest';

describe('users, through the firewall', () => {
  const { firewall } = inject('addresses');

  usersContract(() => ({ baseUrl: firewall, firewall: true }));
});
