import fc from 'fast-check';

import { isFields } from './fields.ts';
import type { Knowledge } from './known.ts';

/** Who asks. */
export type Caller = 'agency' | 'host' | 'client' | 'forged' | 'nobody';

/** Mostly those who get past the door. */
export const caller: fc.Arbitrary<Caller> = fc.oneof(
  { weight: 16, arbitrary: fc.constant<Caller>('agency') },
  { weight: 2, arbitrary: fc.constant<Caller>('host') },
  { weight: 1, arbitrary: fc.constantFrom<Caller>('client', 'forged', 'nobody') },
);

/** A request before ids stand in it. */
export interface Draft {
  readonly caller: Caller;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly inPath: unknown;
  readonly inQuery: unknown;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly text?: string;
  readonly contentType: string;
}

/** A request as it is sent. */
export interface Request {
  readonly method: Draft['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: string | undefined;
}

/** The request with ids in it; `authorizations` has the header of each caller who shows one. */
export function requestOf(
  draft: Draft,
  knowledge: Knowledge,
  authorizations: Readonly<Partial<Record<Caller, string>>>,
): Request {
  const inPath = knowledge.fill(draft.inPath);
  const path = draft.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) =>
    inAddress(isFields(inPath) ? inPath[name] : undefined),
  );
  const query = queryOf(knowledge.fill(draft.inQuery));
  const authorization = authorizations[draft.caller];
  const payload =
    draft.text ??
    (draft.body === undefined ? undefined : JSON.stringify(knowledge.fill(draft.body)));
  return {
    method: draft.method,
    url: query === '' ? path : `${path}?${query}`,
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(payload !== undefined && { 'content-type': draft.contentType }),
    },
    payload: draft.method === 'GET' ? undefined : payload,
  };
}

function queryOf(query: unknown): string {
  if (!isFields(query)) return '';
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${inAddress(name)}=${inAddress(value)}`)
    .join('&');
}

function inAddress(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  // An address holds no halves of a surrogate pair, and has an end.
  return encodeURIComponent(text.slice(0, 3_000).toWellFormed());
}
