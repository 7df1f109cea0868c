import { Counter, Gauge, type Registry } from 'prom-client';

/** What the gate counts of itself since the start, and how many calls wait now. */
export interface GateFigures {
  readonly batches: number;
  readonly calls: number;
  readonly waiting: number;
}

/** Shows the gate's own figures in `/metrics`; they are read when somebody asks. */
export function addGateMetrics(registry: Registry, figures: () => GateFigures): void {
  const total = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  const calls = total(
    'retainer_gate_calls_total',
    'Calls the gate has served.',
    () => figures().calls,
  );
  const batches = total(
    'retainer_gate_batches_total',
    'Transactions that served them.',
    () => figures().batches,
  );
  const waiting = new Gauge({
    name: 'retainer_gate_waiting',
    help: 'Calls that wait for the gate now.',
    registers: [],
    collect() {
      this.set(figures().waiting);
    },
  });
  for (const metric of [calls, batches, waiting]) registry.registerMetric(metric);
}
