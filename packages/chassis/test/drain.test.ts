import { Agent, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { exitOf, serving, settings } from './pizza-process.ts';

/** Asks again and again on each of 20 kept connections until nobody listens any more; counts what came of it. */
async function askUntilRefused(url: string, onAnswer: (answers: number) => void) {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  onTestFinished(() => agent.destroy());
  const counts: Record<string, number> = {};
  let answers = 0;
  const ask = () =>
    new Promise<string>((resolve) => {
      const asked = request(`${url}/pizzas/a`, { agent }, (answer) => {
        answers += 1;
        onAnswer(answers);
        answer.resume().on('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`));
      });
      asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code))).end();
    });
  const askOn = async () => {
    for (let outcome = ''; outcome !== 'ECONNREFUSED'; ) {
      outcome = await ask();
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, askOn));
  return counts;
}

test.each(['0', '0.3'])(
  'with a pause of %s s, no request of 20 kept connections is lost; each learns of its end',
  async (pause) => {
    const { child, url } = await serving({ ...settings, SHUTDOWN_DELAY_SECONDS: pause });
    const counts = await askUntilRefused(url, (answers) => {
      if (answers === 500) child.kill('SIGTERM');
    });
    expect(Object.keys(counts).toSorted()).toEqual(['200 close', '200 keep-alive', 'ECONNREFUSED']);
    expect(await exitOf(child)).toBe(0);
  },
);
