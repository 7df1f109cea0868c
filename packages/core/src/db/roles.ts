/** Whom the service works as: it owns nothing, and row-level security binds it. */
export const SERVICE_ROLE = 'retainer_service';

/** Whom the job queue works as: it owns the schema of the same name and sees no other. */
export const JOBS_ROLE = 'retainer_jobs';

export interface RoleOptions {
  readonly role: string;
  readonly applicationName: string;
  /** Session settings, such as time-outs. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The owner's URL, changed so that a connection takes up `role` as it opens, whatever else the URL asks for. */
export function asRole(url: string, { role, applicationName, settings }: RoleOptions): string {
  const result = new URL(url);
  const flags = Object.entries({ ...settings, role }).map(([name, value]) => `-c ${name}=${value}`);
  const asked = result.searchParams.get('options') ?? '';
  // The last one wins, so ours come after what the URL asks for.
  result.searchParams.set('options', [asked, ...flags].join(' ').trim());
  result.searchParams.set('application_name', applicationName);
  return result.href;
}
