import type { FastifyInstance } from 'fastify';

// Whatever the page's script would like to fetch, the browser may only ask this server.
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "frame-ancestors 'self'",
].join('; ');

/** Serves the API reference at `/docs`. The page's script comes from the installed package, not from a CDN. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  const { default: reference } = await import('@scalar/fastify-api-reference');
  await app.register(async (scope) => {
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
      done();
    });
    await scope.register(reference, {
      routePrefix: '/docs',
      configuration: {
        url: '/api/openapi.json',
        pageTitle: 'Retainer API',
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        mcp: { disabled: true },
        showDeveloperTools: 'never',
        hideClientButton: true,
        documentDownloadType: 'json',
      },
    });
  });
}
