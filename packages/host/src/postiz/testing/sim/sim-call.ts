import type { SimState } from './sim-state.ts';

/** A request as the sim sees it, with what the path and the body say. */
export interface SimRequest {
  readonly method: string;
  /** Without `/api`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What the sim answers; `body` is sent as JSON. */
export interface SimReply {
  readonly status: number;
  readonly body: unknown;
}

/** How strict the sim's host is. */
export interface SimRules {
  readonly apiKey: string;
  /** `API_LIMIT`: posts of the public API an hour. */
  readonly postsPerHour: number;
  /** Where files are served, so that their size can be asked. */
  readonly mediaUrl: () => string;
  readonly analytics: (id: string, days: number) => unknown;
}

/** One request on its way to its route. */
export interface Call {
  readonly state: SimState;
  readonly rules: SimRules;
  readonly request: SimRequest;
  readonly isPublic: boolean;
  /** The parts of the path that its pattern leaves open. */
  readonly at: readonly string[];
}

/** The JSON object in a body. */
export function jsonOf({ body }: SimRequest): Readonly<Record<string, unknown>> {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>);
}

/** 200. */
export function ok(body: unknown): SimReply {
  return { status: 200, body };
}

/** 400, as Nest says it. */
export function badRequest(message: string): SimReply {
  return { status: 400, body: { message, error: 'Bad Request', statusCode: 400 } };
}

/** 500, as Nest says it. */
export function crash(): SimReply {
  return { status: 500, body: { statusCode: 500, message: 'Internal server error' } };
}

/** A time as Postiz writes it. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
