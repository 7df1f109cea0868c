import pg from 'pg';

/** What is done to a statement on its way to the database. */
export type Rewrite = (sql: string) => string;

/**
 * Puts `rewrite` between the service and its database, whichever way statements go there, until the answer is called.
 * The owner's connections, by which tests look behind the service, are left alone.
 */
export function rewriteStatements(rewrite: Rewrite): () => void {
  const prototype: { query: (...args: unknown[]) => unknown } = pg.Client.prototype;
  const original = prototype.query;
  prototype.query = function query(this: unknown, ...args: unknown[]): unknown {
    const [first, ...rest] = args;
    return original.call(this, isService(this) ? rewritten(first, rewrite) : first, ...rest);
  };
  return () => {
    prototype.query = original;
  };
}

/** Statements without a word about whose rows they mean: what is left to hold agencies apart is the database. */
export function withoutAgencyConditions(sql: string): string {
  return sql
    .replaceAll(OF_SETTING, 'true')
    .replaceAll(OF_VALUE, 'true')
    .replaceAll(OF_PARAMETER, (_, parameter: string) => `(${parameter}::text is not null)`);
}

const COLUMN = String.raw`(?:"?\w+"?\.)?"?agency_id"?`;
const SETTING = String.raw`current_setting\('retainer\.agency'(?:,\s*true)?\)`;
const OF_SETTING = new RegExp(
  String.raw`${COLUMN}\s*=\s*(?:\(select\s+${SETTING}\)|${SETTING})`,
  'gi',
);
const OF_VALUE = new RegExp(String.raw`${COLUMN}\s*=\s*'[^']*'(?:::text)?`, 'gi');
const OF_PARAMETER = new RegExp(String.raw`${COLUMN}\s*=\s*(\$\d+)(?:::text)?`, 'gi');

function rewritten(query: unknown, rewrite: Rewrite): unknown {
  if (typeof query === 'string') return rewrite(query);
  if (typeof query !== 'object' || query === null) return query;
  if ('text' in query && typeof query.text === 'string') query.text = rewrite(query.text);
  return query;
}

/** Those of the service take up its role as they open. */
function isService(client: unknown): boolean {
  const { connectionParameters } = client as { connectionParameters?: { options?: string } };
  return connectionParameters?.options?.includes('role=retainer_service') ?? false;
}
