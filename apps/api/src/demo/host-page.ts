import type { FastifyInstance, FastifyReply } from 'fastify';

import type { DemoAgency } from './setup.ts';

/** The clients whose portals the host's page shows. */
const CLIENTS = ['lakeside-hotel', 'tidal-gym', 'corner-bakery'];

/**
 * Adds a made-up scheduler's pages to the server: `/demo` shows a client its portal, `/demo/agency` its agency the
 * screen. They embed the elements as any host does, and get their tokens from the host's own address.
 */
export function addHostPages(app: FastifyInstance, agency: DemoAgency): void {
  app.get<{ Querystring: { client?: string } }>('/demo', async (request, reply) => {
    const client = CLIENTS.find((id) => id === request.query.client) ?? 'lakeside-hotel';
    return page(reply, {
      title: 'Results',
      script: 'agency-portal.js',
      body: `<nav>${CLIENTS.map((id) => link(id, id === client)).join('')}<a href="/demo/agency">The agency’s screen</a></nav>
<agency-portal token-endpoint="/demo/token/${client}"></agency-portal>`,
    });
  });

  app.get('/demo/agency', async (_request, reply) =>
    page(reply, {
      title: 'Agency',
      script: 'agency-kpi-dashboard.js',
      body: `<nav><a href="/demo">A client’s portal</a></nav>
<agency-kpi-dashboard token-endpoint="/demo/token"></agency-kpi-dashboard>`,
    }),
  );

  app.get('/demo/host.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').send(STYLE),
  );

  // What the server of a host does for who is signed in there. Here everybody is: the data is made up.
  app.post<{ Params: { client: string } }>('/demo/token/:client', async (request, reply) => {
    const { client } = request.params;
    if (!CLIENTS.includes(client)) return reply.callNotFound();
    const answer = await app.inject({
      method: 'POST',
      url: `/api/clients/${client}/portal-session`,
      headers: { authorization: `Bearer ${agency.hostToken}` },
    });
    return reply.code(answer.statusCode).type('application/json').send(answer.body);
  });

  app.post('/demo/token', async () => ({ token: agency.agencyToken }));
}

interface Page {
  readonly title: string;
  readonly script: string;
  readonly body: string;
}

function page(reply: FastifyReply, { title, script, body }: Page): FastifyReply {
  return reply
    .header(
      'content-security-policy',
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
    )
    .type('text/html; charset=utf-8').send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Postwell</title>
<link rel="stylesheet" href="/demo/host.css">
<script type="module" src="/portal/${script}"></script>
</head>
<body>
<header><strong>Postwell</strong><span>a scheduler that embeds Retainer</span></header>
<main>${body}</main>
</body>
</html>
`);
}

function link(id: string, isHere: boolean): string {
  const name = id.replace('-', ' ');
  return `<a href="/demo?client=${id}"${isHere ? ' aria-current="page"' : ''}>${name}</a>`;
}

const STYLE = `:root { color-scheme: light dark; --page: #f1f2f5; --ink: #1a2230; --bar: #fff; --line: #dfe2e8 }
@media (prefers-color-scheme: dark) { :root { --page: #0f1218; --ink: #e9ecf2; --bar: #171b23; --line: #303846 } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 0 0.75rem; align-items: baseline; padding: 0.9rem 1.5rem; background: var(--bar); border-bottom: 1px solid var(--line) }
header span { font-size: 0.875rem }
main { max-width: 74rem; margin: 0 auto; padding: 1.25rem 1.5rem 3rem }
nav { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; margin-bottom: 1.25rem }
nav a { color: inherit; text-transform: capitalize; text-underline-offset: 0.3em }
nav a:last-child { margin-inline-start: auto; text-transform: none }
nav a[aria-current] { font-weight: 600; text-decoration-thickness: 2px }
agency-portal:not(:defined), agency-kpi-dashboard:not(:defined) { display: block; min-height: 48rem }
main:has(agency-kpi-dashboard) { max-width: 118rem }
`;
