import type { BlockMessages } from './messages.ts';

/** German. */
export const blocks: BlockMessages = {
  retry: 'Erneut versuchen',
  loading: 'Wird geladen',
  couldNotLoad: (what) => `${what}: Laden nicht möglich.`,
  up: 'gestiegen',
  down: 'gefallen',
  stable: 'Stabil',
  good: 'gut',
  bad: 'nicht gut',
  isNew: 'Neu',
  points: (value) => `${value} Pp.`,
};
