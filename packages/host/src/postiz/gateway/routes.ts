/** What the gateway does with a request of Postiz's API. */
export type Route =
  | { readonly kind: 'create' }
  | { readonly kind: 'status' | 'date'; readonly postId: string }
  | { readonly kind: 'delete-post'; readonly postId: string }
  | { readonly kind: 'delete-group'; readonly group: string }
  | { readonly kind: 'upload' | 'upload-from-url' | 'save-media' }
  | { readonly kind: 'delete-media'; readonly mediaId: string }
  /** Passed on; afterwards the channels are read anew. */
  | { readonly kind: 'channels' }
  /** Passed on; afterwards Postiz is polled. */
  | { readonly kind: 'poll-after' }
  /** What an assistant asks for cannot be read on its way. */
  | { readonly kind: 'assistant' }
  | { readonly kind: 'webhook'; readonly token: string }
  | { readonly kind: 'health' | 'ready' | 'metrics' | 'findings' }
  | { readonly kind: 'pass' };

type Rule = readonly [method: string, pattern: RegExp, route: (at: readonly [string]) => Route];

const RULES: readonly Rule[] = [
  ['POST', /^\/posts$/iu, () => ({ kind: 'create' })],
  ['PUT', /^\/posts\/([^/]+)\/status$/iu, ([postId]) => ({ kind: 'status', postId })],
  ['PUT', /^\/posts\/([^/]+)\/date$/iu, ([postId]) => ({ kind: 'date', postId })],
  ['PUT', /^\/posts\/[^/]+\/release-id$/iu, () => ({ kind: 'poll-after' })],
  ['DELETE', /^\/posts\/group\/([^/]+)$/iu, ([group]) => ({ kind: 'delete-group', group })],
  [
    'POST',
    /^\/(?:upload|media\/upload-server|media\/upload-simple)$/iu,
    () => ({ kind: 'upload' }),
  ],
  ['POST', /^\/upload-from-url$/iu, () => ({ kind: 'upload-from-url' })],
  ['DELETE', /^\/media\/([^/]+)$/iu, ([mediaId]) => ({ kind: 'delete-media', mediaId })],
  ['POST', /^\/media\/[^/]+$/iu, () => ({ kind: 'save-media' })],
  ['PUT', /^\/integrations\/[^/]+\/(?:group|customer-name)$/iu, () => ({ kind: 'channels' })],
  ['POST', /^\/integrations\/(?:disable|enable)$/iu, () => ({ kind: 'channels' })],
  ['DELETE', /^\/integrations(?:\/[^/]+)?$/iu, () => ({ kind: 'channels' })],
];

const ASSISTANT = /^\/(?:mcp|sse|copilot)(?:[/-]|$)/iu;
const PUBLIC = '/public/v1';

/**
 * Where a request goes. The path is read as Postiz's router reads it: without `/api`, with neither case nor a closing
 * slash nor doubled ones making a difference, so that no spelling of a route goes unseen.
 */
export function routeOf(method: string, target: string): Route {
  const full = plainPath(target);
  if (full.startsWith('/hooks/postiz/')) {
    return { kind: 'webhook', token: full.slice('/hooks/postiz/'.length) };
  }
  const path = full.replace(/^\/api(?=\/)/iu, '');
  const isPublic = path.toLowerCase().startsWith(`${PUBLIC}/`);
  const rest = isPublic ? path.slice(PUBLIC.length) : path;
  if (ASSISTANT.test(rest)) return { kind: 'assistant' };
  const own = ownRoute(method, full);
  if (own) return own;
  for (const [wanted, pattern, route] of RULES) {
    if (wanted !== method) continue;
    const match = pattern.exec(rest);
    if (match) return route([match[1] ?? '']);
  }
  return method === 'DELETE' ? deletion(rest, isPublic) : { kind: 'pass' };
}

// The dashboard deletes by group, the public API by post.
function deletion(path: string, isPublic: boolean): Route {
  const id = /^\/posts\/([^/]+)$/iu.exec(path)?.[1];
  if (id === undefined) return { kind: 'pass' };
  return isPublic ? { kind: 'delete-post', postId: id } : { kind: 'delete-group', group: id };
}

function ownRoute(method: string, path: string): Route | undefined {
  if (method !== 'GET') return undefined;
  switch (path) {
    case '/-/retainer/health':
      return { kind: 'health' };
    case '/-/retainer/ready':
      return { kind: 'ready' };
    case '/-/retainer/metrics':
      return { kind: 'metrics' };
    case '/-/retainer/findings':
      return { kind: 'findings' };
    default:
      return undefined;
  }
}

function plainPath(target: string): string {
  // The URL parser resolves `.` and `..`, written plainly or encoded.
  const { pathname } = new URL(target, 'http://gateway');
  const path = decoded(pathname).replaceAll(/\/{2,}/gu, '/');
  return path.length > 1 ? path.replace(/\/$/iu, '') : path;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
