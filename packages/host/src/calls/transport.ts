import type { InputIssue } from '@retainer/domain';

import { HookError } from './hook-error.ts';

/** Where Retainer is, who is calling, and how long to wait. */
export interface TransportOptions {
  /** The address Retainer listens on, such as `http://127.0.0.1:4400`. */
  readonly url: string | URL;
  /** A token of role `host` or `agency`; as a function, it is asked before each call and may fetch a fresh one. */
  readonly token: string | (() => string | Promise<string>);
  /** How long one call may take before it is given up, in milliseconds. Default 2,000. */
  readonly timeLimitMs?: number | undefined;
  /** Instead of the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/** One request to Retainer's REST API. */
export interface RetainerRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From the root, its parts encoded: `/api/hooks/check`. */
  readonly path: string;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
}

/** Sends one request and answers with the JSON that came; rejects with a `HookError` alone. */
export type Transport = (request: RetainerRequest) => Promise<unknown>;

/** How long a call may take where nothing else is said. */
export const TIME_LIMIT_MS = 2000;

/** A way to Retainer over HTTP, with a time limit on each request. */
export function createTransport(options: TransportOptions): Transport {
  const { token, timeLimitMs = TIME_LIMIT_MS, fetch: send = fetch } = options;
  const root = String(options.url).replace(/\/+$/, '');
  return async ({ method, path, body, signal }) => {
    const limit = AbortSignal.timeout(timeLimitMs);
    try {
      const bearer = typeof token === 'function' ? await token() : token;
      const response = await send(`${root}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : null,
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
      const text = await response.text();
      if (!response.ok) throw refusal(response, text);
      return parsed(text, response.status);
    } catch (error) {
      throw limit.aborted ? timedOut(timeLimitMs, error) : unreachable(root, error);
    }
  };
}

function timedOut(timeLimitMs: number, cause: unknown): HookError {
  if (cause instanceof HookError) return cause;
  const message = `Retainer did not answer within ${timeLimitMs} ms.`;
  return new HookError(message, { code: 'timed_out', cause });
}

function unreachable(root: string, cause: unknown): HookError {
  if (cause instanceof HookError) return cause;
  const message = `Retainer cannot be reached at ${root}.`;
  return new HookError(message, { code: 'unreachable', cause });
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // A proxy answered in Retainer's place: what was told may not have arrived.
    const message = `What answered with ${status} did not answer with JSON. Check the address.`;
    throw new HookError(message, { code: 'unreadable_answer', cause });
  }
}

/** An answer that is no success, as the error it is: RFC 9457, or whatever a proxy in between said. */
function refusal(response: Response, text: string): HookError {
  const { status } = response;
  const problem = problemOf(text);
  return new HookError(problem.detail ?? `Retainer answered with ${status}.`, {
    code: problem.code ?? 'unreadable_answer',
    status,
    issues: problem.issues,
    retryAfterMs: retryAfter(response.headers.get('retry-after')),
  });
}

interface Problem {
  readonly code: string | undefined;
  readonly detail: string | undefined;
  readonly issues: readonly InputIssue[];
}

const NO_PROBLEM: Problem = { code: undefined, detail: undefined, issues: [] };

function problemOf(text: string): Problem {
  try {
    const value: unknown = JSON.parse(text);
    return {
      code: textOf(value, 'code'),
      detail: textOf(value, 'detail'),
      issues: issuesOf(fieldOf(value, 'issues')),
    };
  } catch {
    return NO_PROBLEM;
  }
}

function issuesOf(value: unknown): InputIssue[] {
  if (!Array.isArray(value)) return [];
  return value.map((issue: unknown) => ({
    path: textOf(issue, 'path') ?? '',
    message: textOf(issue, 'message') ?? '',
  }));
}

function textOf(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function retryAfter(header: string | null): number | undefined {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
