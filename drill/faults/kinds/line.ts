import { setTimeout as pause } from 'node:timers/promises';

import type { Fault } from './fault.ts';

/** The connections to PostgreSQL break, and none can be had for a while. */
export const cutLine: Fault = async ({ place: { line }, random }) => {
  line.cut();
  await pause(random.whole(0, 2_500));
  line.heal();
};

/** Nothing comes through, and nobody is told. */
export const stallLine: Fault = async ({ place: { line }, random }) => {
  line.stall();
  await pause(random.whole(500, 7_000));
  line.heal();
};

/** What is open goes silent for ever, as when a router on the way forgets; what comes new works. */
export const forgetLine: Fault = async ({ place: { line } }) => {
  line.forget();
};

/** Every piece takes its time. */
export const slowLine: Fault = async ({ place: { line }, random }) => {
  line.slow(random.whole(5, 120));
  await pause(random.whole(500, 3_000));
  line.heal();
};
