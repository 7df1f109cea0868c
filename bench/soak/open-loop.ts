import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What became of one request. */
export interface Sent {
  /** Of the answer; 0 where none came in time, -1 where the connection broke. */
  readonly status: number;
  /** When it was due, from the start of the load. */
  readonly dueMs: number;
  /** From when it was due until its answer. */
  readonly tookMs: number;
}

/** Requests that come when they are due, whether or not those before them were answered. */
export interface OpenLoad {
  readonly perSecond: number;
  readonly seconds: number;
  readonly next: () => string;
}

/** Sends requests to one address over as many connections as it takes. */
export interface OpenLoop {
  readonly run: (load: OpenLoad, heard: (sent: Sent) => void) => Promise<void>;
  readonly connections: () => number;
  readonly close: () => void;
}

const PATIENCE_MS = 10_000;
const MOST_CONNECTIONS = 4_000;
const SETTLED_MS = 10;

/** An open-loop generator: it speaks just enough HTTP that it costs little beside the server. */
export function createOpenLoop(url: string): OpenLoop {
  const { hostname, port } = new URL(url);
  const idle: Wire[] = [];
  const all = new Set<Wire>();
  const waiting: Turn[] = [];

  const give = (wire: Wire): void => {
    const turn = waiting.shift();
    if (turn) wire.send(turn);
    else idle.push(wire);
  };
  const open = (): Wire => {
    const wire = createWire(connect(Number(port), hostname), give, () => all.delete(wire));
    all.add(wire);
    return wire;
  };
  const send = (turn: Turn): void => {
    let wire = idle.pop();
    while (wire?.isBroken()) wire = idle.pop();
    if (wire) wire.send(turn);
    else if (all.size < MOST_CONNECTIONS) open().send(turn);
    else waiting.push(turn);
  };
  return {
    async run({ perSecond, seconds, next }, heard) {
      const startedAt = performance.now();
      const total = Math.round(perSecond * seconds);
      const unanswered = new Set<number>();
      for (let sent = 0; sent < total;) {
        const due = Math.min(total, ((performance.now() - startedAt) / 1000) * perSecond);
        for (; sent < due; sent += 1) {
          const dueAt = startedAt + (sent / perSecond) * 1000;
          const number = sent;
          unanswered.add(number);
          send({
            text: next(),
            giveUpAt: dueAt + PATIENCE_MS,
            end(status) {
              unanswered.delete(number);
              heard({ status, dueMs: dueAt - startedAt, tookMs: performance.now() - dueAt });
            },
          });
        }
        await pause(1);
      }
      while (unanswered.size > 0) await pause(SETTLED_MS);
    },
    connections: () => all.size,
    close() {
      for (const wire of all) wire.close();
    },
  };
}

interface Turn {
  readonly text: string;
  readonly giveUpAt: number;
  readonly end: (status: number) => void;
}

interface Wire {
  readonly send: (turn: Turn) => void;
  readonly isBroken: () => boolean;
  readonly close: () => void;
}

/** One connection, with one request on it at a time. */
function createWire(socket: Socket, free: (wire: Wire) => void, gone: () => void): Wire {
  let turn: Turn | undefined;
  let timer: NodeJS.Timeout | undefined;
  let text = '';
  const end = (status: number): void => {
    clearTimeout(timer);
    const ended = turn;
    turn = undefined;
    ended?.end(status);
  };
  const wire: Wire = {
    send(next) {
      turn = next;
      text = '';
      const left = next.giveUpAt - performance.now();
      timer = setTimeout(
        () => {
          end(0);
          socket.destroy();
        },
        Math.max(1, left),
      );
      socket.write(next.text);
    },
    isBroken: () => socket.destroyed,
    close: () => socket.destroy(),
  };
  socket.setNoDelay(true).setEncoding('latin1');
  socket.on('data', (part: string) => {
    text += part;
    const status = statusOf(text);
    if (status === undefined) return;
    end(status);
    free(wire);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    end(-1);
    gone();
  });
  return wire;
}

/** The status of an answer that is there whole. */
function statusOf(text: string): number | undefined {
  const head = text.indexOf('\r\n\r\n');
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: (\d+)/iu.exec(text.slice(0, head))?.[1];
  if (length === undefined) throw new Error('an answer without a length');
  return text.length < head + 4 + Number(length) ? undefined : Number(text.slice(9, 12));
}
