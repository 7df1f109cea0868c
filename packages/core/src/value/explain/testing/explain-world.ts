import { test as base } from '../../../tenancy/testing/world.ts';
import { explainFigure, type Explanation } from '../explain-figure.ts';
import type { ExplainFigureInput } from '../explain-input.ts';

/** When everything is asked. */
export const NOW = '2026-04-02T09:00:00Z';
/** The period that everything is asked of. */
export const MARCH = { startDate: '2026-03-01', endDate: '2026-03-31' } as const;

/** What a test asks beside the client and the period. */
export type Ask = Partial<ExplainFigureInput> & Pick<ExplainFigureInput, 'figure'>;

/** `test` with a client, and a way to ask about its March. */
export const test = base
  .extend('client', async ({ world }) => ({ clientWorkspaceId: await world.client() }))
  .extend('ctx', async ({ world }) => world.at(NOW))
  .extend('explain', async ({ ctx, client }) => {
    return (ask: Ask): Promise<Explanation> => explainFigure(ctx, { ...client, ...MARCH, ...ask });
  });
