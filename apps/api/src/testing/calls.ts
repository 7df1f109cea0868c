import type { FastifyInstance } from 'fastify';

import { fieldOf, isFields, type Fields } from '../fields.ts';
import type { ListedProcedure } from '../rest/procedures.ts';

/** What a call was answered, whichever way it came. */
export interface Answer {
  readonly status: number;
  readonly code: unknown;
  readonly paths: readonly string[];
  readonly text: string;
  readonly body: unknown;
}

/** A way to reach a procedure. */
export type Transport = 'rest' | 'trpc';

/** What a call carries. */
export interface CallOptions {
  readonly input: unknown;
  readonly headers: Record<string, string>;
}

/** Calls a procedure over REST or tRPC. */
export async function call(
  app: FastifyInstance,
  [transport, procedure]: readonly [Transport, ListedProcedure],
  { input, headers }: CallOptions,
): Promise<Answer> {
  const request = requestOf(transport, procedure, input);
  const answer = await app.inject({ ...request, headers: { ...headers, ...JSON_TYPE } });
  const isJson = /json/.test(String(answer.headers['content-type']));
  const body: unknown = isJson && answer.body !== '' ? JSON.parse(answer.body) : undefined;
  const problem = transport === 'rest' ? body : fieldOf(errorOf(body), 'data');
  const issues = fieldOf(problem, 'issues');
  return {
    status: answer.statusCode,
    code: fieldOf(problem, 'code'),
    paths: Array.isArray(issues)
      ? issues.map((issue: unknown) => String(fieldOf(issue, 'path')))
      : [],
    text: answer.body,
    body: transport === 'rest' ? body : fieldOf(fieldOf(fieldOf(body, 'result'), 'data'), 'json'),
  };
}

/** The request that calls a procedure with `input`, without its headers. */
export function requestOf(transport: Transport, procedure: ListedProcedure, input: unknown) {
  return transport === 'rest' ? restRequest(procedure, input) : trpcRequest(procedure, input);
}

/** The ways a procedure is served. */
export function transportsOf({ rest }: ListedProcedure): readonly Transport[] {
  return rest ? ['rest', 'trpc'] : ['trpc'];
}

/** The fields that are part of a procedure's REST path. */
export function pathFields({ rest }: ListedProcedure): readonly string[] {
  return [...(rest?.path.matchAll(/\{(\w+)\}/g) ?? [])].map(([, name]) => name ?? '');
}

const JSON_TYPE = { 'content-type': 'application/json' };

function errorOf(body: unknown): unknown {
  return fieldOf(fieldOf(body, 'error'), 'json');
}

function trpcRequest({ path, type }: ListedProcedure, input: unknown) {
  const payload = JSON.stringify({ json: input });
  return type === 'query'
    ? ({ method: 'GET', url: `/trpc/${path}?input=${encodeURIComponent(payload)}` } as const)
    : ({ method: 'POST', url: `/trpc/${path}`, payload } as const);
}

function restRequest(procedure: ListedProcedure, input: unknown) {
  const { method = 'GET', path = '' } = procedure.rest ?? {};
  const fields: Fields = isFields(input) ? input : {};
  const inPath = pathFields(procedure);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(fields[name])),
  );
  const rest = Object.entries(fields).filter(([name]) => !inPath.includes(name));
  if (method !== 'GET') return { method, url, payload: JSON.stringify(Object.fromEntries(rest)) };
  const query = rest.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return { method, url: `${url}?${query.join('&')}` };
}
