import { withoutSecrets } from '../edge/logger.ts';
import { readSettings, SettingsError } from '../env.ts';
import { HELP, readAsk, UsageError } from './ask.ts';
import { runBackup } from './run-backup.ts';

try {
  const ask = readAsk(process.argv.slice(2));
  if (ask === 'help') say(HELP);
  else await runBackup(ask, readSettings(process.env), say);
} catch (error) {
  process.stderr.write(`${failure(error)}\n`);
  process.exitCode = 1;
}

function failure(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${HELP}`;
  if (error instanceof SettingsError || !(error instanceof Error)) {
    return error instanceof Error ? error.message : String(error);
  }
  return withoutSecrets(error.message);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
