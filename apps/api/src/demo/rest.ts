import * as z from 'zod';

/** One request to Retainer, as a host in any language would send it. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
}

/** Sends a request and parses what is answered; `undefined` when the answer is 404. */
export type Send = <TAnswer extends z.ZodType>(
  call: RestCall,
  answer: TAnswer,
) => Promise<z.output<TAnswer> | undefined>;

const problem = z.looseObject({ code: z.string(), detail: z.string() });

/** Requests to the Retainer at `url` whose clock stands at `at()`: the past is told at its own times. */
export function createSend(url: string, at: () => Date): Send {
  return async ({ method, path, token, body }, answer) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'x-test-clock': at().toISOString(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    const json: unknown = await response.json();
    if (response.ok) return answer.parse(json);
    const { code, detail } = problem.parse(json);
    throw new Error(`${method} ${path} was answered ${response.status} ${code}: ${detail}`);
  };
}

/** An answer that has to be there. */
export function present<TValue>(value: TValue | undefined, what: string): TValue {
  if (value !== undefined) return value;
  throw new Error(`${what}: Retainer answered 404`);
}
