import { DomainError } from '@retainer/domain';

import { checkClient } from '../rebuild.ts';
import { refreshAgency, refreshClient, refreshSome } from '../refresh.ts';
import { picksFrom, randomNumbers } from './picks.ts';
import { CHOICES, CLIENTS, OPERATIONS, type Stage } from './stage.ts';

/** Somebody who does one thing after another on a stage. */
export type Player = () => Promise<void>;

// Settings are one row: who writes them at once waits, and the last one stands.
const NAMES = Object.keys(OPERATIONS);

/** Writes facts at random, the same for the same seed as long as nobody else plays. */
export function writer(stage: Stage, seed: number): Player {
  const next = randomNumbers(seed);
  return async () => {
    const name = NAMES[next() % NAMES.length] ?? '';
    const choices = Array.from({ length: CHOICES }, () => next() % 1_000_001);
    try {
      await stage.write({ name, choices });
    } catch (error) {
      // Two who give a client a tier at once clash: that is for them to sort out.
      if (!(error instanceof DomainError && error.code === 'conflict')) throw error;
    }
  };
}

/** Refreshes and checks at random. Throws at anything that is wrong. */
export function refresher(stage: Stage, seed: number): Player {
  const next = randomNumbers(seed);
  return async () => {
    const { int, of } = picksFrom([next(), next()]);
    const clientId = of(CLIENTS);
    switch (int(6)) {
      case 0:
        return refreshAgency(stage.context());
      case 1:
        return refreshClient(stage.context(), clientId);
      case 2: {
        const { surplus, lacking } = await checkClient(stage.context(), clientId);
        if (surplus.length + lacking.length > 0) {
          throw new Error(`a check found ${JSON.stringify({ clientId, surplus, lacking })}`);
        }
        return undefined;
      }
      default:
        await refreshSome(stage.context(), {
          skips: () => false,
          failed: (failed, cause) => {
            throw new Error(`the refresh of ${failed} failed`, { cause });
          },
        });
        return undefined;
    }
  };
}
