import type { KpiWorld } from '../../kpi/counted.ts';
import type { Freshness } from '../../kpi/freshness.ts';
import type { JudgedPeriod } from '../judged-period.ts';
import type { Service } from '../served-clients.ts';
import type { Taken } from '../taken.ts';

/** Everything that attention is found in. */
export interface AttentionWorld extends KpiWorld {
  readonly service: Service;
  readonly taken: Taken;
  /** Undefined while no day of the period is complete. */
  readonly current: JudgedPeriod | undefined;
  /** Undefined where nothing is compared. */
  readonly previous: JudgedPeriod | undefined;
  readonly freshness: Freshness;
}
