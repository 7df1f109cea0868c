import type { Random } from '../../random.ts';
import type { Place } from '../place.ts';
import type { Dashboards } from '../streams.ts';

/** What a fault strikes. */
export interface Target {
  readonly place: Place;
  readonly random: Random;
  /** Those who are written about at the moment. */
  readonly clients: readonly string[];
  readonly dashboards: Dashboards;
  /** Opens so many more dashboards. */
  readonly openMore: (count: number) => Dashboards;
  readonly violated: (what: string) => void;
}

/** Something that goes wrong, and is right again when this resolves. */
export type Fault = (target: Target) => Promise<void>;
