import pg from 'pg';

import { partWith } from '../db/part-with.ts';
import { asRole, SERVICE_ROLE } from '../db/roles.ts';

/** A connection of its own on which a process hears all notices, tells its own, and by which others know it is there. */
export interface LiveLine {
  /** Tells notices in one transaction, each with the next version. */
  readonly tell: (notices: readonly string[]) => Promise<void>;
  /** Every process that has such a line now, this one too. */
  readonly present: () => Promise<number[]>;
  readonly close: () => Promise<void>;
}

/** What a line is opened with. */
export interface LineOptions {
  /** The owner's URL; the line gives the owner's rights up as it opens. */
  readonly url: string;
  /** Under which number the process is there as long as the line is. */
  readonly process: number;
  readonly heard: (payload: string) => void;
  /** Called once, when the line is of no use any more. */
  readonly broken: (cause: Error) => void;
}

const CHANNEL = 'retainer_live';

const SETTINGS = {
  statement_timeout: '10s',
  lock_timeout: '5s',
  // A notice that a crash of the database takes along is made up for when the line comes back.
  synchronous_commit: 'off',
  // A machine that vanishes is not there for long.
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
} as const;

/** Opens a line that listens. */
export async function openLine(options: LineOptions): Promise<LiveLine> {
  const { url, heard } = options;
  const client = new pg.Client({
    connectionString: asRole(url, {
      role: SERVICE_ROLE,
      applicationName: 'retainer live',
      settings: SETTINGS,
    }),
    connectionTimeoutMillis: 5_000,
    query_timeout: 15_000,
    keepAlive: true,
  });
  let broken = (cause: Error): void => {
    broken = () => undefined;
    options.broken(cause);
  };
  client.on('error', (error) => broken(error));
  client.on('end', () => broken(new Error('the connection ended')));
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) heard(payload);
  });
  const close = (): Promise<void> => {
    broken = () => undefined;
    return partWith([client], () => client.end());
  };
  try {
    await client.connect();
    await client.query(`listen ${CHANNEL}`);
    await client.query('select retainer.live_join($1)', [options.process]);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  return {
    close,
    tell: async (notices) => {
      await client.query('select retainer.live_tell($1)', [notices]);
    },
    present: async () => {
      const { rows } = await client.query<{ process: number }>(
        'select process from retainer.live_present() process',
      );
      return rows.map((row) => row.process);
    },
  };
}
