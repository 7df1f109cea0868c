/** The code that PostgreSQL (SQLSTATE) or the system (such as EPERM) put on an error. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
