import type { Channel } from '../src/channel.ts';

export const passing = (name: string): Channel => ({ name, durable: false });

export const durable = (name: string): Channel => ({ name, durable: true });
