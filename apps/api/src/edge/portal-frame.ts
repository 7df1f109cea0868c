import type { FastifyInstance } from 'fastify';

/**
 * Serves the page that a host puts into an iframe where it can run no script. It shows a portal to one parent, which is
 * to be one of `origins`; the parent hands it tokens by messages, so no address holds one.
 */
export function addPortalFrame(app: FastifyInstance, origins: readonly string[]): void {
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>(
    '/portal/frame',
    async (request, reply) => {
      const parent = originOf(request.query['parent']);
      if (parent === undefined || !isAllowed(parent, origins)) {
        return reply.code(403).type('text/plain; charset=utf-8').send(REFUSAL);
      }
      return reply
        .header('content-security-policy', `${POLICY}; frame-ancestors ${parent}`)
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .type('text/html; charset=utf-8')
        .send(PAGE);
    },
  );
}

const REFUSAL =
  'Name the page that embeds this one, as ?parent=https://app.example.com, and list it in CORS_ORIGINS.';

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

const PAGE = `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portal</title>
<script type="module" src="agency-portal.js"></script>
<script type="module" src="portal-frame.js"></script>
</head>
<body></body>
</html>
`;

function originOf(text: unknown): string | undefined {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) && url.origin === text ? text : undefined;
}

function isAllowed(origin: string, origins: readonly string[]): boolean {
  return origins.includes('*') || origins.includes(origin);
}
