import { withoutSecrets } from '../edge/logger.ts';
import { SettingsError } from '../env.ts';

/** Why the demo could not run, in words for the person who started it. */
export function demoFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof SettingsError) return error.message;
  if ('code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}\nAnother program has that port. Choose one: PORT=4401 npx -y pnpm@12 demo`;
  }
  return `The demo stopped: ${withoutSecrets(error.stack ?? error.message)}`;
}
