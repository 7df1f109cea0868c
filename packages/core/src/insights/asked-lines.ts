import { receiptLines, type ReceiptLine, type Unit } from '@retainer/domain';

import type { NotedHoldRow } from './counters.queries.ts';

/** What an ask would have held had it been allowed. */
export function askedLines({ quantity, countBy, units }: NotedHoldRow): ReceiptLine[] {
  // Only the gate writes this column, from units.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const asked = JSON.parse(units) as readonly Unit[];
  const held = asked.map((unit): Unit => ({ ...unit, state: 'held' }));
  return receiptLines({ quantity, countBy, units: held });
}
