/** What a database error says about who has to act: the caller (`bad_value`) or time (`away`). */
export type DatabaseFault = 'bad_value' | 'away';

/** Connection lost, shutting down, too many connections, deadlock, lock or statement timeout: the same call may work later. */
const AWAY_STATES = /^(?:08|53|57P|40001$|40P01$|55P03$|57014$|25P03$)/;

/** SQLSTATE class 22 is "data exception": a value PostgreSQL cannot take, such as a NUL byte or a number out of range. */
const BAD_VALUE_STATES = /^22/;

const AWAY_ERRNO: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/** What node-postgres says, without a code, when there is no connection to be had. */
const AWAY_MESSAGES =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client was closed|Cannot use a pool after calling end)/;

const DEEPEST_CAUSE = 5;

/** Whether `thrown`, or what caused it, is PostgreSQL refusing a value or not being there. */
export function databaseFault(thrown: unknown): DatabaseFault | undefined {
  let error = thrown;
  for (let depth = 0; depth < DEEPEST_CAUSE && error instanceof Error; depth += 1) {
    const fault = faultOf(error);
    if (fault) return fault;
    error = error.cause;
  }
  return undefined;
}

function faultOf(error: Error): DatabaseFault | undefined {
  const code: unknown = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') {
    if (AWAY_ERRNO.has(code) || isMissingSocket(error, code)) return 'away';
    if (/^[0-9A-Z]{5}$/.test(code)) {
      if (BAD_VALUE_STATES.test(code) || isUnreadable(error, code)) return 'bad_value';
      return AWAY_STATES.test(code) ? 'away' : undefined;
    }
  }
  return AWAY_MESSAGES.test(error.message) ? 'away' : undefined;
}

/** A NUL within a statement: PostgreSQL reads no further. A pooler in between uses the code for what passes. */
function isUnreadable({ message }: Error, code: string): boolean {
  return code === '08P01' && message.endsWith('invalid message format');
}

/** A Unix socket that is not there. The same code from the file system means something else. */
function isMissingSocket(error: Error, code: string): boolean {
  return code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
}
