import { HookError } from '../calls/hook-error.ts';

/** What core threw, as the error of a call; what says nothing of the call itself is thrown on as it is. */
export function hookErrorOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === 'ZodError' || error.name === '$ZodError') return invalid(error);
  if (error.name !== 'DomainError' || !('code' in error)) return error;
  const code = String(error.code);
  const status = code === 'unavailable' ? 503 : 422;
  return new HookError(error.message, { code, status, issues: issuesOf(error), cause: error });
}

function invalid(error: Error): HookError {
  const issues = issuesOf(error);
  const said = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  return new HookError(said.join('. '), {
    code: 'invalid_input',
    status: 400,
    issues,
    cause: error,
  });
}

function issuesOf(error: Error): { readonly path: string; readonly message: string }[] {
  if (!('issues' in error) || !Array.isArray(error.issues)) return [];
  return error.issues.map((issue: unknown) => {
    const { path, message }: { path?: unknown; message?: unknown } = Object(issue);
    return { path: Array.isArray(path) ? path.join('.') : String(path), message: String(message) };
  });
}
