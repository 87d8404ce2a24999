import { setImmediate as turn } from 'node:timers/promises';
import type { Statement } from './statement.ts';

/**
 * Asks once for what is listed several times in the same turn of the event loop, as first pages are under load; all get
 * the same answer, which nobody may change. It is asked after every call that it answers, so that each sees whatever
 * was committed before; nothing is kept beyond the turn.
 */
export function sharedLists<T>(ask: (statement: Statement) => Promise<T>): (statement: Statement) => Promise<T> {
  const open = new Map<string, Promise<T>>();

  function askInTurn(key: string, statement: Statement): Promise<T> {
    return turn().then(() => {
      open.delete(key);
      return ask(statement);
    });
  }

  return (statement) => {
    const key = JSON.stringify([statement.text, statement.values]);
    const asked = open.get(key) ?? askInTurn(key, statement);
    open.set(key, asked);
    return asked;
  };
}
