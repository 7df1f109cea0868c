import type { BlockMessages } from './messages.ts';

/** English. */
export const blocks: BlockMessages = {
  retry: 'Retry',
  loading: 'Loading',
  couldNotLoad: (what) => `Could not load ${what}.`,
  up: 'up',
  down: 'down',
  stable: 'Stable',
  good: 'good',
  bad: 'not good',
  isNew: 'New',
  points: (value) => `${value} pts`,
};
