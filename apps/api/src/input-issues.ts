import type { DomainErrorCode, InputIssue } from '@retainer/domain';
import * as z from 'zod';

import { isDomainErrorCode } from './domain-codes.ts';

/** The part of a zod error that we read. */
export interface ZodFailure extends Error {
  readonly issues: readonly z.core.$ZodIssue[];
}

/** One thing wrong with an input; `code` when the rule that was broken has a code of its own. */
export interface FoundIssue extends InputIssue {
  readonly code: DomainErrorCode | undefined;
}

const MOST_ISSUES = 20;

/** Whether `error` came from a schema. */
export function isZodError(error: unknown): error is ZodFailure {
  return error instanceof z.core.$ZodError;
}

/** Zod's findings in our words: each names its field by a dotted path; an unknown field is named itself. */
export function issuesOf(issues: readonly z.core.$ZodIssue[]): FoundIssue[] {
  return issues.flatMap((issue) => found(issue, [])).slice(0, MOST_ISSUES);
}

function found(issue: z.core.$ZodIssue, prefix: readonly PropertyKey[]): FoundIssue[] {
  const path = [...prefix, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => at([...path, key], 'is not a field we know. Leave it out.'));
    case 'invalid_union': {
      const branch = closestBranch(issue.errors);
      return branch ? branch.flatMap((inner) => found(inner, path)) : [at(path, issue.message)];
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => found(inner, path));
    case 'invalid_type':
      return [at(path, typeMessage(issue))];
    case 'custom': {
      const code: unknown = issue.params?.['domainCode'];
      return [{ ...at(path, issue.message), code: isDomainErrorCode(code) ? code : undefined }];
    }
    case 'invalid_format':
    case 'invalid_value':
    case 'not_multiple_of':
    case 'too_big':
    case 'too_small':
      return [at(path, issue.message)];
  }
}

/** The branch of a union that the caller most likely meant: the one that was followed deepest. */
function closestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
): readonly z.core.$ZodIssue[] | undefined {
  const reach = (branch: readonly z.core.$ZodIssue[]) =>
    Math.max(0, ...branch.map((issue) => issue.path.length));
  const deepest = branches.filter((branch) => reach(branch) > 0);
  return deepest.toSorted((a, b) => reach(b) - reach(a) || a.length - b.length)[0];
}

function typeMessage(issue: z.core.$ZodIssue): string {
  return issue.message
    .replace(/^Invalid input: expected (.*), received undefined$/, 'is required: expected $1')
    .replace(/^Invalid input: /, '');
}

function at(path: readonly PropertyKey[], message: string): FoundIssue {
  return { path: path.map(String).join('.'), message, code: undefined };
}
