import { dropDashboards } from './dashboards.ts';
import type { Fault } from './fault.ts';
import { cutLine, forgetLine, slowLine, stallLine } from './line.ts';
import { exhaustConnections, exhaustPool, fillDisk, killPostgres } from './postgres.ts';
import { killServer, killWorker, skewClock, stopServer } from './processes.ts';

/** Things that may go wrong, by their names in reports. */
export type Kinds = Readonly<Record<string, Fault>>;

/** All that the drill lets go wrong. */
export const KINDS = {
  'kill-server': killServer,
  'stop-server': stopServer,
  'kill-worker': killWorker,
  'kill-postgres': killPostgres,
  'cut-line': cutLine,
  'stall-line': stallLine,
  'forget-line': forgetLine,
  'slow-line': slowLine,
  'fill-disk': fillDisk,
  'skew-clock': skewClock,
  'exhaust-pool': exhaustPool,
  'exhaust-connections': exhaustConnections,
  'drop-dashboards': dropDashboards,
} as const satisfies Kinds;
