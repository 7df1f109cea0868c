import type { FastifyInstance } from 'fastify';

/**
 * Headers of every answer. A browser that has seen one keeps to HTTPS for a year, where it came by HTTPS: over plain
 * HTTP, as on a developer's machine, it must ignore the first of them.
 */
export const EVERYWHERE = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

/**
 * Headers of answers that are data: a browser must not run, frame or embed them, whoever links to them, and nobody on
 * the way keeps them. What a route says itself stands.
 */
const OF_DATA: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Says of all answers in this scope that they are data. */
export function addApiHeaders(scope: FastifyInstance): void {
  scope.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(OF_DATA);
    done();
  });
}
