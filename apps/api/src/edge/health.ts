import { DomainError } from '@retainer/domain';
import type { FastifyInstance } from 'fastify';

import type { Services } from '../context.ts';

/** `GET /healthz`: the process answers. `GET /readyz`: the database answers too, and is migrated. */
export function addHealth(app: FastifyInstance, services: Pick<Services, 'ready'>): void {
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async () => {
    const readiness = await services.ready();
    if (readiness.ready) return { status: 'ready' };
    throw new DomainError('unavailable', `Not ready: ${readiness.reason}`);
  });
}
