import { describe, expect, test } from 'vitest';
import { attacks } from './attacks.ts';
import { answersTo } from './firewall-answers.ts';
import { bodies, type Opening, queries } from './openings.ts';

/** Only a rule of the firewall says 403 here: the program lets anybody call, and the same request never gets a 403 of it. */
async function expectStopped(opening: Opening, { group, text }: (typeof attacks)[number]): Promise<void> {
  const { rules, direct, ...answer } = await answersTo(opening, text);
  expect(answer, text).toEqual({ status: 403, fromProgram: false });
  expect(
    rules.filter((rule) => rule.startsWith(group)),
    text,
  ).not.toEqual([]);
  expect(rules.at(-1), text).toBe('949110');
  expect(direct, text).not.toBe(403);
}

describe('403 by the firewall for SQL injection and scripts in', () => {
  test.for([...bodies, ...queries])('$name', async (opening) => {
    for (const attack of attacks) await expectStopped(opening, attack);
  });
});
