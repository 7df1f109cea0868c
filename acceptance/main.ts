import { entitlementAdapter } from './adapters/entitlement.ts';
import { hostAdapter } from './adapters/host.ts';
import { valueAdapter } from './adapters/value.ts';
import { openApi, type RunningApi } from './api-process.ts';
import { messageOf, readCaseFile, RunnerError, type RawCaseFile } from './case-file.ts';
import { reportLines, summaryLine } from './report.ts';
import { adapterFor, runCases, type Adapter, type Verdict } from './run-cases.ts';

/** Every format of case files the runner knows. A new format is a new adapter here. */
const ADAPTERS: readonly Adapter[] = [entitlementAdapter, valueAdapter, hostAdapter];
const CASES_AT_ONCE = 4;
/** What stands for the API when no case asks for one. */
const NO_API: RunningApi = { target: { url: '', adminToken: '' }, stop: async () => {} };
const MARKS: Readonly<Record<Verdict['outcome'], string>> = {
  passed: '.',
  failed: 'F',
  skipped: 's',
};
const USAGE = `usage: pnpm acceptance FILE...

Runs case files: entitlement cases against the real API on a real PostgreSQL, each in an agency of its
own, host cases through a real gateway, poller and webhook endpoint before it, and value cases against
the functions that the API answers with. For the former it starts the API by itself, on DATABASE_URL or on an embedded PostgreSQL in a temporary folder;
RETAINER_URL and RETAINER_ADMIN_TOKEN name one that already runs, with RETAINER_TEST_CLOCK=on.
`;

// pnpm hands on the `--` that may stand before the files.
process.exitCode = await main(process.argv.slice(2).filter((arg) => arg !== '--'));

async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) {
    process.stderr.write(USAGE);
    return 2;
  }
  try {
    return await runFiles(await Promise.all(args.map(readKnownFile)));
  } catch (cause) {
    if (!(cause instanceof RunnerError)) throw cause;
    process.stderr.write(`${messageOf(cause)}\n`);
    return 2;
  }
}

interface KnownFile {
  readonly file: RawCaseFile;
  readonly adapter: Adapter;
}

async function readKnownFile(path: string): Promise<KnownFile> {
  const file = await readCaseFile(path);
  const adapter = adapterFor(file, ADAPTERS);
  adapter.casesOf(file);
  return { file, adapter };
}

async function runFiles(files: readonly KnownFile[]): Promise<number> {
  const verdicts = await collectVerdicts(files);
  process.stderr.write('\n');
  process.stdout.write(`${[...reportLines(verdicts), summaryLine(verdicts)].join('\n')}\n`);
  return verdicts.some((verdict) => verdict.outcome === 'failed') ? 1 : 0;
}

async function collectVerdicts(files: readonly KnownFile[]): Promise<readonly Verdict[]> {
  const needsApi = files.some(({ adapter }) => adapter.needsApi);
  const api = needsApi ? await openApi(process.env) : NO_API;
  const interrupt = (): void => void api.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    const verdicts: Verdict[] = [];
    for (const known of files) {
      const run = { ...known, target: api.target, atOnce: CASES_AT_ONCE, onVerdict: mark };
      verdicts.push(...(await runCases(run)));
    }
    return verdicts;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await api.stop();
  }
}

function mark({ outcome }: Verdict): void {
  process.stderr.write(MARKS[outcome]);
}
