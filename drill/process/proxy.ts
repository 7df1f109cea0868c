import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What lies between the service and PostgreSQL, and can be made bad. */
export interface Proxy {
  readonly port: number;
  /** Breaks what is open, and refuses what comes, until healed. */
  readonly cut: () => void;
  /** Holds everything back, without a word to either end, until healed. */
  readonly stall: () => void;
  /** Lets what is open go silent for ever; what comes new works. */
  readonly forget: () => void;
  /** Delays each piece by so much, either way. */
  readonly slow: (ms: number) => void;
  readonly heal: () => void;
  readonly close: () => Promise<void>;
}

interface State {
  mode: 'open' | 'cut' | 'stalled';
  delayMs: number;
  healed: PromiseWithResolvers<void>;
}

interface Link {
  readonly sockets: readonly Socket[];
  isForgotten: boolean;
}

/** Listens on a free port and passes on to one of this machine's. */
export async function startProxy(target: () => number): Promise<Proxy> {
  const links = new Set<Link>();
  const state: State = { mode: 'open', delayMs: 0, healed: Promise.withResolvers() };
  const server = createServer({ allowHalfOpen: true }, (inward) => {
    if (state.mode === 'cut') {
      inward.resetAndDestroy();
      return;
    }
    const outward = connect({ port: target(), host: '127.0.0.1', allowHalfOpen: true });
    const link: Link = { sockets: [inward, outward], isForgotten: false };
    links.add(link);
    for (const socket of link.sockets) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (link.isForgotten) return;
        links.delete(link);
        for (const one of link.sockets) one.destroy();
      });
    }
    passOn(inward, outward, { link, state });
    passOn(outward, inward, { link, state });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const breakAll = (): void => {
    for (const { sockets } of links) for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    cut() {
      state.mode = 'cut';
      breakAll();
    },
    stall: () => {
      state.mode = 'stalled';
    },
    forget() {
      for (const link of links) link.isForgotten = true;
    },
    slow: (ms) => {
      state.delayMs = ms;
    },
    heal() {
      state.mode = 'open';
      state.delayMs = 0;
      state.healed.resolve();
      state.healed = Promise.withResolvers();
    },
    async close() {
      for (const { sockets } of links) for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Piece by piece, in their order. */
function passOn(
  from: Socket,
  to: Socket,
  { link, state }: { readonly link: Link; readonly state: State },
): void {
  const deliver = async (): Promise<void> => {
    for await (const piece of from) {
      if (state.delayMs > 0) await pause(state.delayMs);
      while (state.mode === 'stalled') await state.healed.promise;
      // Not even that one end has hung up.
      if (link.isForgotten || !(piece instanceof Buffer)) continue;
      if (!to.write(piece)) await once(to, 'drain');
    }
    if (!link.isForgotten) to.end();
  };
  // What breaks one end closes the other.
  deliver().catch(() => link.isForgotten || to.destroy());
}
