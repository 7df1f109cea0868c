import { TRPCError } from '@trpc/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const WINDOW_MS = 60_000;
const MOST_CALLERS = 50_000;

/** Who shows no good token shares, per address, this part of what a token may do. */
const ANONYMOUS_SHARE = 0.01;

interface Count {
  endsAtMs: number;
  left: number;
}

/**
 * At most `perMinute` requests a minute for a token; far fewer for an address without a good one,
 * which slows guessing. Counted in this process, and only after the token was judged, so that
 * nobody gains by inventing tokens.
 */
export function addRateLimit(app: FastifyInstance, perMinute: number, nowMs = Date.now): void {
  const counts = new Map<string, Count>();
  const anonymous = Math.max(1, Math.floor(perMinute * ANONYMOUS_SHARE));
  app.addHook('onRequest', (request, reply, done) => {
    const now = nowMs();
    const key = limitKeyOf(request);
    let count = counts.get(key);
    if (!count || count.endsAtMs <= now) {
      count = { endsAtMs: now + WINDOW_MS, left: key.startsWith('ip:') ? anonymous : perMinute };
      counts.delete(key);
      makeRoom(counts, now);
      counts.set(key, count);
    }
    count.left -= 1;
    if (count.left >= 0) {
      done();
      return;
    }
    void reply.header('retry-after', Math.ceil((count.endsAtMs - now) / 1000));
    done(
      new TRPCError({
        code: 'TOO_MANY_REQUESTS',
        message: 'Too many requests. Wait as Retry-After says.',
      }),
    );
  });
}

function limitKeyOf({ authentication, ip }: FastifyRequest): string {
  return authentication.kind === 'actor' ? authentication.limitKey : `ip:${ip}`;
}

/** Keeps the table bounded. It is in the order in which windows began, so the first to go is the oldest. */
function makeRoom(counts: Map<string, Count>, now: number): void {
  for (const [key, count] of counts) {
    if (count.endsAtMs > now && counts.size < MOST_CALLERS) return;
    counts.delete(key);
  }
}
