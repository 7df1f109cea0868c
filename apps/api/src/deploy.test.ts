import { readdir, readFile } from 'node:fs/promises';

import { validate, ValidationSeverity } from 'dockerfile-utils';
import type { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';

import { addGateMetrics } from './edge/gate-metrics.ts';
import { addLiveMetrics } from './edge/live-metrics.ts';
import { createRegistry } from './edge/metrics.ts';
import { readSettings } from './env.ts';
import { createStreamPlaces } from './live/stream-places.ts';
import { startTestServer } from './testing/test-server.ts';

const ROOT = new URL('../../../', import.meta.url);
const text = (path: string) => readFile(new URL(path, ROOT), 'utf8');

/** Every metric that `GET /metrics` shows, with the parts of a histogram. */
async function shownMetrics(): Promise<Set<string>> {
  const registry: Registry = createRegistry();
  addGateMetrics(registry, () => ({ batches: 0, calls: 0, waiting: 0 }));
  const stats = () => ({ isListening: true, changes: 0, untold: 0 });
  addLiveMetrics(registry, {
    places: createStreamPlaces(1),
    live: { watch: () => Promise.reject(new Error('nobody watches')), stats } as never,
  });
  await using server = await startTestServer({ registry });
  await server.app.inject({ url: '/healthz' });
  const { body } = await server.app.inject({ url: '/metrics' });
  return new Set(Array.from(body.matchAll(/^(\w+)(?:\{| )/gm), ([, name]) => name ?? ''));
}

function metricsIn(expressions: string): string[] {
  return [...new Set(expressions.match(/\b(?:retainer|nodejs|process)_\w+/g))];
}

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Retainer[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+m$/),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), runbook_url: z.string() }),
        }),
      ),
    }),
  ),
});

const Compose = z.object({
  services: z.object({
    retainer: z.object({
      environment: z.record(z.string(), z.string()),
      stop_grace_period: z.string(),
      read_only: z.literal(true),
    }),
    postgres: z.object({ image: z.string().regex(/^postgres:\d+\.\d+/) }),
  }),
});

describe('given the alert rules', () => {
  test('when one names a metric, then /metrics shows it, and each has a page that says what to do', async () => {
    const { groups } = Alerts.parse(parse(await text('deploy/prometheus/alerts.yaml')));
    const rules = groups.flatMap((group) => group.rules);
    const shown = await shownMetrics();
    const named = metricsIn(rules.map(({ expr }) => expr).join('\n'));
    expect(named.filter((name) => !shown.has(name))).toEqual([]);
    const pages = await readdir(new URL('docs/operations/runbooks/', ROOT));
    const runbooks = rules.map(
      ({ annotations }) => annotations.runbook_url.split('/').at(-1) ?? '',
    );
    expect(runbooks.toSorted()).toEqual(pages.filter((page) => page !== 'README.md').toSorted());
    for (const { alert, expr, annotations } of rules) {
      // oxlint-disable-next-line no-await-in-loop -- to name the page that is behind
      const page = await text(annotations.runbook_url);
      expect(page.startsWith(`# ${alert}\n`)).toBe(true);
      expect(page).toContain(expr);
    }
  });
});

describe('given the dashboard for Grafana', () => {
  test('when a panel names a metric, then /metrics shows it', async () => {
    const dashboard = await text('deploy/grafana/retainer.json');
    const shown = await shownMetrics();
    const named = metricsIn(dashboard);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !shown.has(name))).toEqual([]);
  });
});

describe('given the files of a deployment', () => {
  test('when the Dockerfile is checked, then there is nothing to complain about', async () => {
    const dockerfile = await text('deploy/Dockerfile');
    const found = validate(dockerfile, { instructionWorkdirRelative: ValidationSeverity.ERROR });
    expect(found.map(({ message, range }) => [range.start.line + 1, message])).toEqual([]);
    // What a linter for the form does not say: nobody's version drifts, and the process is nobody's root.
    expect(dockerfile).not.toMatch(/:latest|^USER root/m);
    expect(dockerfile.match(/^FROM node:\d+\.\d+\.\d+-\S+/gm)).toHaveLength(2);
    expect(dockerfile.lastIndexOf('\nUSER node')).toBeGreaterThan(dockerfile.lastIndexOf('\nFROM'));
  });

  test('when the compose file sets variables, then they are settings, and complete for production', async () => {
    const { services } = Compose.parse(parse(await text('deploy/compose.yaml')));
    const env = Object.fromEntries(
      Object.entries(services.retainer.environment).map(([name, value]) => [name, filled(value)]),
    );
    const settings = readSettings({ ...env, NODE_ENV: 'production' });
    expect(settings).toMatchObject({ production: true, dataDir: '.data', retiredSecrets: [] });
  });

  test('when the unit for systemd sets variables, then they are settings', async () => {
    const unit = await text('deploy/retainer.service');
    const set = Array.from(unit.matchAll(/^Environment=(.+)$/gm), ([, all = '']) => all.split(' '));
    const env = Object.fromEntries(set.flat().map((one) => one.split('=')));
    const secret = 'x'.repeat(40);
    expect(readSettings({ ...env, RETAINER_SECRET: secret }).dataDir).toBe('/var/lib/retainer');
  });
});

/** A value as compose would fill it in where every variable that has to be set is. */
function filled(value: string): string {
  return value.replaceAll(/\$\{\w+:\?[^}]*\}/g, 'x'.repeat(40)).replaceAll(/\$\{\w+:-\}/g, '');
}
