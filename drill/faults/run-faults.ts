import { createRandom, type Random } from '../random.ts';
import { createAsker, type Asker, type SeenCounts } from './ask.ts';
import type { Book } from './book.ts';
import { check } from './check.ts';
import type { Fault, Target } from './kinds/fault.ts';
import type { Kinds } from './kinds/kinds.ts';
import { startLoad } from './load.ts';
import { openPlace, type Place } from './place.ts';
import { foundAgency, registerClients } from './register.ts';
import { settle } from './settle.ts';
import { openDashboards, type Dashboards } from './streams.ts';

/** What a drill does. */
export interface Drill {
  readonly faults: number;
  readonly seed: number;
  readonly kinds: Kinds;
  readonly say: (line: string) => void;
  /** Ends the drill after the fault that is under way. */
  readonly signal?: AbortSignal;
}

/** What was found after one fault. */
export interface Round {
  readonly kind: string;
  readonly violations: readonly string[];
  /** From the moment the fault was over until somebody was answered again. */
  readonly recoveredMs: number;
  readonly seen: Readonly<SeenCounts>;
  readonly told: number;
  /** What was asked when patience ended. */
  readonly waitedInVain: readonly string[];
}

/** What a drill came to. */
export interface Drilled {
  readonly rounds: readonly Round[];
  /** Kinds that cannot be had here, and why. */
  readonly skipped: readonly string[];
}

const DASHBOARDS = 40;
const CALLERS = 24;
const CLIENTS = 3;
const RECOVERY_MS = 60_000;
const HEARD_MS = 30_000;
/** How many violations of a round are told word for word. */
const SHOWN = 8;

/** One fault after another under load; after each, all that was told is compared with all that there is. */
export async function runFaults({ faults, seed, kinds, say, signal }: Drill): Promise<Drilled> {
  const place = await openPlace();
  try {
    const random = createRandom(seed);
    const isHere = (kind: string): boolean => kind !== 'fill-disk' || place.disk.fill !== undefined;
    const names = Object.keys(kinds);
    const agencyToken = await foundAgency(place);
    const rounds: Round[] = [];
    let deck: string[] = [];
    while (rounds.length < faults) {
      if (signal?.aborted) break;
      if (deck.length === 0) deck = random.shuffled(names.filter(isHere));
      const kind = deck.pop() ?? '';
      const fault = kinds[kind];
      if (!fault) throw new Error('there is nothing that could go wrong');
      const striking = { kind, fault, agencyToken, number: rounds.length + 1, random };
      const round = await oneRound(place, striking).catch((error: unknown) =>
        brokenRound(kind, error),
      );
      rounds.push(round);
      say(lineOf(round, `${rounds.length}/${faults}`));
    }
    const skipped = names.filter((kind) => !isHere(kind));
    return { rounds, skipped: skipped.map((kind) => `${kind}: this user may not mount a disk`) };
  } finally {
    await place.close();
  }
}

/** A round that the drill itself could not get through is no proof of anything. */
function brokenRound(kind: string, error: unknown): Round {
  const seen = { answered: 0, unavailable: 0, 'timed out': 0, cut: 0 };
  const violations = [
    `the drill broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  ];
  return { kind, violations, recoveredMs: 0, seen, told: 0, waitedInVain: [] };
}

interface Striking {
  readonly kind: string;
  readonly fault: Fault;
  readonly number: number;
  readonly agencyToken: string;
  readonly random: Random;
}

async function oneRound(place: Place, striking: Striking): Promise<Round> {
  const { kind, fault, number, agencyToken, random } = striking;
  const violations: string[] = [];
  const violated = (what: string): void => {
    violations.push(what);
  };
  const asker = createAsker(place.server, agencyToken, violated);
  const admin = createAsker(place.server, place.adminToken, violated);
  const open = (count: number): Dashboards =>
    openDashboards(place.server, { token: agencyToken, count }, violated);
  const clients = Array.from({ length: CLIENTS }, (_, index) => `client-${number}-${index}`);
  await registerClients(asker, clients);
  const dashboards = open(DASHBOARDS);
  const book: Book = [];
  const target: Target = { place, random, clients, dashboards, openMore: open, violated };
  let recoveredMs: number;
  try {
    recoveredMs = await strike(target, { fault, asker, book });
    await settle(asker, book, violated);
    await checkDashboards({ asker, dashboards, client: clients[0] ?? '', violated });
  } finally {
    await dashboards.close();
  }
  for (const wrong of await check(place, { admin, clients, book })) violated(wrong);
  for (const one of [place.server, place.worker]) {
    for (const crash of await one.takeCrashes()) violated(crash);
  }
  const waitedInVain = asker.waitedInVain();
  return { kind, violations, recoveredMs, seen: asker.counts(), told: book.length, waitedInVain };
}

/** Lets the fault happen in the middle of load; answers how long it took until that went on. */
async function strike(
  target: Target,
  { fault, asker, book }: { readonly fault: Fault; readonly asker: Asker; readonly book: Book },
): Promise<number> {
  const { random, clients, violated } = target;
  const load = startLoad({ asker, random, clients, book, callers: CALLERS });
  try {
    await load.answers(random.whole(30, 150), RECOVERY_MS);
    await fault(target);
    const healedAt = performance.now();
    if (!(await load.answers(1, RECOVERY_MS))) {
      violated(`nobody was answered within ${RECOVERY_MS / 1000} s`);
    }
    const recoveredMs = performance.now() - healedAt;
    await load.answers(CALLERS * 2, RECOVERY_MS);
    return recoveredMs;
  } finally {
    await load.stop();
  }
}

interface Hearing {
  readonly asker: Asker;
  readonly dashboards: Dashboards;
  readonly client: string;
  readonly violated: (what: string) => void;
}

/** Whatever became of them, all dashboards hear of what is told now. */
async function checkDashboards(hearing: Hearing): Promise<void> {
  const { asker, dashboards, client, violated } = hearing;
  const since = performance.now();
  const path = `/api/clients/${client}/time-entries`;
  const hours = { date: new Date().toISOString().slice(0, 10), minutes: 1, person: 'Ben' };
  await asker.ask({ method: 'POST', path, body: hours });
  const heard = await dashboards.heardOf(client, since, HEARD_MS);
  if (heard < dashboards.count) violated(`${heard} of ${dashboards.count} dashboards heard of it`);
}

function lineOf(round: Round, number: string): string {
  const { kind, violations, recoveredMs, seen, told, waitedInVain } = round;
  const ways = Object.entries(seen).map(([name, count]) => `${count} ${name}`);
  const line = `${number} ${kind}: ${told} told, ${ways.join(', ')}, up after ${Math.round(recoveredMs)} ms`;
  const shown = violations.slice(0, SHOWN).map((what) => `  VIOLATION ${what}`);
  const left = violations.length - shown.length;
  const waited = [...new Set(waitedInVain)].map((what) => `  timed out: ${what}`);
  return [line, ...waited, ...shown, ...(left > 0 ? [`  and ${left} more`] : [])].join('\n');
}
