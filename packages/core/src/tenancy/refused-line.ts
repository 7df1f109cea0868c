import { DomainError } from '@retainer/domain';
import * as z from 'zod';

/** A line of an import that was not taken, and why. */
export interface RefusedLine {
  /** Counted as an editor does: the header is line 1. */
  readonly line: number;
  readonly text: string;
  /** The column at fault, where it is one. */
  readonly field: string | null;
  readonly message: string;
}

/** What is wrong with a line, in the words of the first thing that is; throws what says nothing about the line. */
export function refusalOfLine(
  { line, text }: { readonly line: number; readonly text: string },
  error: unknown,
): RefusedLine {
  return { line, text, ...problemOf(error) };
}

type Problem = Pick<RefusedLine, 'field' | 'message'>;

function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { path: field = null, message = error.message } = error.issues[0] ?? {};
    return { field, message };
  }
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  if (!issue) throw error;
  if (issue.code === 'unrecognized_keys') {
    const [field = null] = issue.keys;
    return { field, message: 'is not a field we know. Leave it out' };
  }
  const [field] = issue.path;
  const message = issue.message.replace(/^Invalid input: /u, '');
  return { field: field === undefined ? null : String(field), message };
}
