import { Counter, Gauge, type Registry } from 'prom-client';

import type { Services } from '../context.ts';
import type { StreamPlaces } from '../live/stream-places.ts';

/** Shows in `/metrics` how many streams are open, and whether this process hears the others. */
export function addLiveMetrics(
  registry: Registry,
  { places, live }: { readonly places: StreamPlaces; readonly live: Services['live'] },
): void {
  const streams = new Gauge({
    name: 'retainer_live_streams',
    help: 'Live streams that are open now, by whom they are for.',
    labelNames: ['scope'],
    registers: [],
    collect() {
      const { agency, client } = places.counts();
      this.set({ scope: 'agency' }, agency);
      this.set({ scope: 'client' }, client);
    },
  });
  const listening = new Gauge({
    name: 'retainer_live_listening',
    help: '1 while this process hears what the others tell, 0 while it waits for the database.',
    registers: [],
    collect() {
      this.set(live.stats().isListening ? 1 : 0);
    },
  });
  const changes = new Counter({
    name: 'retainer_live_changes_total',
    help: 'Commits after which this process told that something changed.',
    registers: [],
    collect() {
      this.reset();
      this.inc(live.stats().changes);
    },
  });
  const untold = new Gauge({
    name: 'retainer_live_untold',
    help: 'Agencies with a change that this process has not told the others yet.',
    registers: [],
    collect() {
      this.set(live.stats().untold);
    },
  });
  for (const metric of [streams, listening, changes, untold]) registry.registerMetric(metric);
}
