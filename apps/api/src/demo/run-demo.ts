import { createLogger } from '../edge/logger.ts';
import { readSettings, SettingsError, type Settings } from '../env.ts';
import { openServer, type OpenServer } from '../open-server.ts';
import { serve } from '../serve.ts';
import { longDay, momentIn, toldWeek } from './calendar.ts';
import { makeDecks, printDecks } from './decks.ts';
import { addHostPages } from './host-page.ts';
import { heading, ink, say } from './paper.ts';
import { tallyText, tellStory, type Tally } from './replay.ts';
import { createSend, type Send } from './rest.ts';
import type { HostEvent } from './scheduler.ts';
import { registerAgency, type DemoAgency } from './setup.ts';
import { storyOf } from './story/clients.ts';
import { reportUsage } from './usage-report.ts';
import { toldDays } from './value/facts.ts';
import { reportValue } from './value/report-value.ts';
import { tellFacts } from './value/tell-facts.ts';
import { printWhatToTry } from './what-to-try.ts';

const DATA_DIR = '.data/demo';

/**
 * Tells a server whose clock can be set what a scheduler did in the week before this one and since,
 * each event at its own time; then serves the outcome on the real clock until it is stopped.
 */
export async function runDemo(env: NodeJS.ProcessEnv): Promise<void> {
  const settings = demoSettings(env);
  const now = new Date();
  const told = await whileInterruptible((signal) => tellThePast(settings, { now, signal }));
  if (!told) return;
  const { agency, decks } = told;
  const { app, release } = await open(settings, () => {});
  addHostPages(app, agency);
  say();
  try {
    const url = await serve(app, { host: settings.host, port: settings.port, release });
    printWhatToTry(url, agency, settings);
    printDecks(decks);
    say('\nCtrl-C stops it. Started again, it finds what it has.\n');
  } catch (error) {
    await release();
    throw error;
  }
}

function demoSettings(env: NodeJS.ProcessEnv): Settings {
  const settings = readSettings({
    ...env,
    DATA_DIR: env['DATA_DIR'] || DATA_DIR,
    LOG_LEVEL: env['LOG_LEVEL'] || 'warn',
  });
  if (!settings.production) return settings;
  throw new SettingsError('The demo makes up data: it does not start with NODE_ENV=production.');
}

// Until the server serves, which then answers signals itself, Ctrl-C ends what is under way in order.
async function whileInterruptible<TResult>(
  work: (signal: AbortSignal) => Promise<TResult>,
): Promise<TResult | undefined> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const result = await work(controller.signal);
    return controller.signal.aborted ? undefined : result;
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** The agency whose past was told, and the files that were made of it. */
interface Told {
  readonly agency: DemoAgency;
  readonly decks: readonly string[];
}

async function tellThePast(
  settings: Settings,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<Told> {
  const startedAt = performance.now();
  const server = await open({ ...settings, testClock: true }, (line) =>
    say(ink('dim', `  ${line}`)),
  );
  try {
    const { host, port } = settings;
    await server.app.listen({ host, port, listenTextResolver: () => 'listening' });
    say(ink('dim', `  up after ${seconds(startedAt)} s`));
    const agency = await tell(server, { now, signal });
    const { listeningOrigin: url } = server.app;
    const { dataDir } = settings;
    const send = createSend(url, () => now);
    return { agency, decks: await makeDecks(send, agency, { url, at: now, dataDir }) };
  } finally {
    await server.app.close();
    await server.release();
  }
}

async function tell(
  { app, adminToken }: OpenServer,
  { now, signal }: { readonly now: Date; readonly signal: AbortSignal },
): Promise<DemoAgency> {
  const sendAt = (at: Date) => createSend(app.listeningOrigin, () => at);
  const monday = toldWeek(now);
  const days = toldDays(monday, now);
  const agency = await registerAgency(sendAt(momentIn(days.startDate, 0, '00:00')), {
    monday,
    days,
    adminToken,
  });
  const story = storyOf(monday, now).filter((event) => !agency.wasThere || isToldAgain(event));
  introduce(agency, longDay(momentIn(monday, 0, '12:00')));

  const startedAt = performance.now();
  const tally = await tellStory({ agency, story, sendAt, signal });
  summarize(tally, { events: story.length, took: seconds(startedAt) });
  await reportUsage(sendAt(now), { agency, monday });
  await tellValue(sendAt(now), agency);
  return agency;
}

async function tellValue(send: Send, agency: DemoAgency): Promise<void> {
  heading('Three months of facts come in: hours, tools, ads, metrics, leads and sales');
  await tellFacts(send, agency);
  await reportValue(send, agency);
}

// An upload has no time of its own: told again after its file was deleted, it would count again.
function isToldAgain({ hook }: HostEvent): boolean {
  return !hook.startsWith('upload');
}

function introduce({ name, id, wasThere }: DemoAgency, week: string): void {
  say();
  if (wasThere) {
    say(`Found the agency ${name} (${id}) as an earlier start left it.`);
    say(
      'Its scheduler tells everything again, as it would after a crash; only what is new is listed.',
    );
    return;
  }
  say(`The agency ${name} has three clients: on Bronze, on Silver and on Gold.`);
  say(
    `This is what their scheduler told Retainer in the week of ${week} and since, event by event.`,
  );
  say('It is told now, over HTTP, to a server whose clock is set to the time of each event.');
}

function summarize(tally: Tally, told: { readonly events: number; readonly took: string }): void {
  const replayed = tally.get('replayed') ?? 0;
  tally.delete('replayed');
  say(`\n${told.events} requests in ${told.took} s: ${tallyText(tally) || 'nothing new'}.`);
  if (replayed > 0) say(`${replayed} were known and got their first answer again; nothing moved.`);
}

function open(settings: Settings, announce: (line: string) => void): Promise<OpenServer> {
  return openServer(settings, { logger: createLogger(settings.logLevel), say: announce });
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
