import type { ApiProcess } from '../api-process.ts';
import { anyClient, reserveOf } from '../hook/contenders.ts';
import type { World } from '../hook/world.ts';

/** What hosts ask all day: mostly for new posts, then what became of them, and how much is left. */
export function createRequests(world: World, { url, token }: ApiProcess): () => string {
  const { host } = new URL(url);
  const shared = `\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n`;
  const held: { readonly clientWorkspaceId: string; readonly key: string }[] = [];
  const post = (path: string, body: object): string => {
    const text = JSON.stringify(body);
    const type = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}`;
    return `POST ${path} HTTP/1.1${shared}${type}\r\n\r\n${text}`;
  };
  return () => {
    const dice = Math.random();
    const clientWorkspaceId = anyClient(world);
    if (dice < 0.1) {
      return `GET /api/clients/${clientWorkspaceId}/service-tier HTTP/1.1${shared}\r\n`;
    }
    const settled = dice < 0.4 && held.length > KEPT ? held.shift() : undefined;
    if (settled) return post(dice < 0.3 ? '/api/hooks/commit' : '/api/hooks/release', settled);
    const { key, meter, quantity, platforms, scheduledAt } = reserveOf(world);
    held.push({ clientWorkspaceId, key });
    if (held.length > 2 * KEPT) held.shift();
    const at = new Date(scheduledAt).toISOString();
    return post('/api/hooks/reserve', {
      clientWorkspaceId,
      key,
      meter,
      quantity,
      platforms,
      scheduledAt: at,
    });
  };
}

/** How many holds are older than one that is settled, so that it was answered. */
const KEPT = 5_000;
