import type { FastifyInstance } from 'fastify';

/** What serving needs besides the server. */
export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  /** Lets go of what the server used, once no request is under way any more. */
  readonly release: () => Promise<void>;
}

const STOP_DEADLINE_MS = 30_000;

/**
 * Listens, says so on one line, and stops on SIGTERM or SIGINT: new connections are refused,
 * requests under way finish, `release` runs, the process exits with 0. What takes longer than the
 * deadline is cut off, and the exit code is 1.
 */
export async function serve(app: FastifyInstance, options: ServeOptions): Promise<string> {
  const { host, release } = options;
  await app.listen({ host, port: options.port, listenTextResolver: () => 'listening' });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  process.stdout.write(`listening on ${url}\n`);

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= stopServer(app, release);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return url;
}

async function stopServer(app: FastifyInstance, release: () => Promise<void>): Promise<void> {
  const deadline = setTimeout(() => {
    app.log.error('requests did not finish in time; stopping anyway');
    app.server.closeAllConnections();
    process.exit(1);
  }, STOP_DEADLINE_MS);
  deadline.unref();
  try {
    await app.close();
    await release();
    process.exit(0);
  } catch (error) {
    app.log.error({ err: error }, 'stopping failed');
    process.exit(1);
  }
}
