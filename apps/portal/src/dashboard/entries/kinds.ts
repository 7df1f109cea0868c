import { conversionKind } from './conversion-kind.ts';
import { adSpendKind, otherCostsKind } from './cost-kinds.ts';
import type { LedgerKind } from './ledger.ts';
import { rateKind } from './rate-kind.ts';
import { timeKind } from './time-kind.ts';
import { toolKind } from './tool-kind.ts';

/** All that people write down, in the order in which it is offered. */
export const KINDS: readonly LedgerKind[] = [
  timeKind,
  adSpendKind,
  conversionKind,
  toolKind,
  otherCostsKind,
  rateKind,
];
