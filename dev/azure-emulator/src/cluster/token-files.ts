import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import type { ServiceAccountIssuer } from '../service-accounts.ts';
import { EXCHANGE_AUDIENCE, PROJECTED_LIFETIME, type ServiceAccount } from '../service-accounts.ts';

/** The kubelet rewrites a projected token once this part of its life has passed. */
const ROTATION = 0.8;

interface TokenFileSettings {
  readonly directory: string;
  readonly accounts: readonly ServiceAccount[];
  readonly cluster: ServiceAccountIssuer;
  readonly clock: Clock;
}

export interface TokenFiles {
  /** Writes the tokens that are missing or past 80 % of their life; meant to be called often. */
  refresh(): Promise<void>;
  /** Writes a fresh token for the account now. False, if it has no file. */
  rotate(account: ServiceAccount): Promise<boolean>;
}

/** Where the projected token of a service account stands. */
export function tokenFilePath(directory: string, { namespace, name }: ServiceAccount): string {
  return join(directory, namespace, name);
}

/** Keeps one file per service account with a fresh projected token in it, as the kubelet does for a pod. */
export function createTokenFiles({ directory, accounts, cluster, clock }: TokenFileSettings): TokenFiles {
  const due = new Map<string, number>();
  const write = async (account: ServiceAccount): Promise<void> => {
    const [file, now] = [tokenFilePath(directory, account), clock()];
    const request = { account, audience: EXCHANGE_AUDIENCE, lifetime: PROJECTED_LIFETIME };
    replaceFile(file, await cluster.mint(request));
    due.set(file, now + PROJECTED_LIFETIME * ROTATION * 1000);
  };
  return {
    async refresh() {
      for (const account of accounts) {
        if (clock() >= (due.get(tokenFilePath(directory, account)) ?? 0)) await write(account);
      }
    },
    async rotate({ namespace, name }) {
      const account = accounts.find((each) => each.namespace === namespace && each.name === name);
      if (account !== undefined) await write(account);
      return account !== undefined;
    },
  };
}

/** A reader sees the old token or the new one, never half of one. */
function replaceFile(file: string, content: string): void {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.next`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, file);
}
