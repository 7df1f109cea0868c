import { Agent, get, type IncomingMessage } from 'node:http';

/** One event as it arrived. */
export interface Heard {
  readonly atMs: number;
  /** The clients that changed; null where it may be any. */
  readonly clients: readonly string[] | null;
}

/** A subscription that is open, and all it has heard. */
export interface Stream {
  readonly heard: Heard[];
  /** The first event after `sinceMs` that is about a client. */
  readonly about: (clientId: string, sinceMs: number) => Promise<Heard>;
  readonly close: () => void;
}

/** Opens so many subscriptions of one address, each on a connection of its own. */
export async function openStreams(
  url: string,
  token: string,
  count: number,
): Promise<readonly Stream[]> {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
  return Promise.all(
    Array.from({ length: count }, async () => {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(url, { agent, headers }, resolve).once('error', reject);
      });
      if (response.statusCode !== 200)
        throw new Error(`a stream was refused: ${response.statusCode}`);
      return streamOf(response);
    }),
  );
}

async function streamOf(response: IncomingMessage): Promise<Stream> {
  const heard: Heard[] = [];
  const waiting = new Set<() => void>();
  let text = '';
  response.setEncoding('utf8').on('data', (part: string) => {
    const atMs = performance.now();
    const blocks = (text + part).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/mu.exec(block)?.[1];
      if (data !== undefined) heard.push({ atMs, clients: clientsIn(data) });
    }
    for (const wake of waiting) wake();
  });
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  // The first event comes at once, and says nothing.
  await until(() => heard[0]);
  return {
    heard,
    about: (clientId, sinceMs) =>
      until(() =>
        heard.find(
          ({ atMs, clients }) =>
            atMs >= sinceMs && (clients === null || clients.includes(clientId)),
        ),
      ),
    close: () => response.destroy(),
  };
}

function clientsIn(data: string): readonly string[] | null {
  const event: unknown = JSON.parse(data);
  const isEvent = typeof event === 'object' && event !== null && 'clients' in event;
  return isEvent && Array.isArray(event.clients) ? event.clients.map(String) : null;
}
