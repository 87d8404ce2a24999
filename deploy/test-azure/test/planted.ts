import { planted as inMonitor } from './planted/monitor.ts';
import { planted as inRooms } from './planted/rooms.ts';
import { planted as inTemplates } from './planted/templates.ts';

/** A small fault: the file, what stands there, what is put in its place, and the rule that has to see it. */
export type Planted = [file: string, from: string, to: string, rule: string];

export const planted: readonly Planted[] = [...inMonitor, ...inTemplates, ...inRooms];
