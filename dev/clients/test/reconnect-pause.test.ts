import { expect, it } from 'vitest';
import { ReconnectPause } from '../src/reconnect-pause.ts';

it.each([1007, 1008, 1009, 4000, 4001, 4099])('never after %i', (code) => {
  expect(new ReconnectPause().after(code)).toBe('never');
});

it('grows from a quarter of a second to 20 seconds, and begins anew once a connection stands', () => {
  const pause = new ReconnectPause(() => 1);
  expect(Array.from({ length: 8 }, () => pause.after(1006))).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000,
  ]);
  pause.connected();
  expect(pause.after(1006)).toBe(500);
});

it('is anything between a quarter of a second and the most', () => {
  expect([0, 0.5].map((chance) => new ReconnectPause(() => chance).after(1006))).toEqual([250, 375]);
});

it('is what the service has named before 1012, once', () => {
  const pause = new ReconnectPause(() => 0);
  pause.name(1800);
  expect([pause.after(1012), pause.after(1012)]).toEqual([1800, 250]);
});

it('is longer after a close that says to back off, also where the connection stood', () => {
  const pause = new ReconnectPause(() => 1);
  pause.connected();
  expect(pause.after(4108)).toBe(4000);
});
