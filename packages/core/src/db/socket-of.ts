import { Socket } from 'node:net';

/**
 * The socket of a connection, to send what is said together in one piece. pg does not tell of it; without it each
 * statement is a system call of its own, no more.
 */
export function socketOf(client: object): Socket | undefined {
  const connection = 'connection' in client ? client.connection : undefined;
  const isObject = typeof connection === 'object' && connection !== null;
  const stream = isObject && 'stream' in connection ? connection.stream : undefined;
  return stream instanceof Socket ? stream : undefined;
}
