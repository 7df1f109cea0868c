import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

import { fieldOf } from '../fields.ts';

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Child = ReturnType<Histogram<'method' | 'route' | 'status'>['labels']>;

/** A registry of its own, with what Node tells about the process. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}

/** Times every request by route (never by address, which would grow without end) and serves `GET /metrics`. */
export function addMetrics(
  app: FastifyInstance,
  registry: Registry,
  procedures: ReadonlySet<string>,
): void {
  const durations = new Histogram({
    name: 'retainer_http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  });
  const children = new Map<string, Child>();
  app.addHook('onResponse', (request, reply, done) => {
    const labels = [request.method, routeOf(request, procedures), String(reply.statusCode)];
    const name = labels.join(' ');
    let child = children.get(name);
    if (!child) {
      child = durations.labels(...labels);
      children.set(name, child);
    }
    child.observe(reply.elapsedTime / 1000);
    done();
  });
  app.get('/metrics', async (_request: FastifyRequest, reply: FastifyReply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

function routeOf(request: FastifyRequest, procedures: ReadonlySet<string>): string {
  const route = request.routeOptions.url;
  if (route !== '/trpc/:path') return route ?? 'none';
  const path = String(fieldOf(request.params, 'path'));
  if (path.includes(',')) return '/trpc/(batch)';
  return procedures.has(path) ? `/trpc/${path}` : '/trpc/(unknown)';
}
