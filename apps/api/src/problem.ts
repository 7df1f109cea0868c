import { STATUS_CODES } from 'node:http';

import type { InputIssue } from '@retainer/domain';

import type { Refusal } from './errors.ts';

/** RFC 9457's media type. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An error as REST tells it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly issues?: readonly InputIssue[];
}

/** `refusal` as the body of a REST answer. */
export function problemOf(refusal: Refusal): Problem {
  const { code, status, detail, issues } = refusal;
  return {
    type: `urn:retainer:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(issues.length > 0 ? { issues } : {}),
  };
}
