/** Whose changes somebody wants to hear of: a whole agency's, or one client's alone. */
export interface Scope {
  readonly agencyId: string;
  readonly clientId: string | undefined;
}

/** The clients that changed, none where nothing did; `any` where it may be any of them, or the agency itself. */
export type Changes = readonly string[] | 'any';

/** What a process remembers of who changed when, in versions. It may forget, but never takes a change for none. */
export interface ChangeLog {
  /** In the order in which they changed last. */
  readonly agencies: Map<string, AgencyLog>;
  /** The version of the last notice. */
  latest: number;
  /** Nothing is known of what came before this version, of agencies that are not in the log. */
  forgotten: number;
  /** How many agencies and clients are in the log. */
  size: number;
  readonly capacity: number;
}

interface AgencyLog {
  knownFrom: number;
  latest: number;
  /** When any of its clients may have changed. */
  anyAt: number;
  /** How many streams rely on it. */
  keepers: number;
  readonly clients: Map<string, number>;
}

const CAPACITY = 100_000;
/** An event names no more clients than this. */
const MOST_NAMED = 200;
/** In place of a client: what an agency's clients share, such as the cost of a tool. */
const SHARED = '';

/** A log that knows nothing yet; what streams rely on is kept beyond its capacity. */
export function createChangeLog(capacity: number = CAPACITY): ChangeLog {
  return { agencies: new Map(), latest: 0, forgotten: 0, size: 0, capacity };
}

/** Takes up what a notice says of an agency. */
export function addChange(
  log: ChangeLog,
  version: number,
  { agencyId, clients }: { readonly agencyId: string; readonly clients: Changes },
): void {
  log.latest = version;
  const agency = agencyLog(log, agencyId);
  log.agencies.delete(agencyId);
  log.agencies.set(agencyId, agency);
  agency.latest = version;
  if (clients === 'any') {
    agency.anyAt = version;
    dropClients(log, agency);
  } else {
    for (const clientId of clients) {
      if (!agency.clients.has(clientId)) log.size += 1;
      agency.clients.set(clientId, version);
    }
  }
  makeRoom(log);
}

/** From here on nothing is known of what came before this version: everything may have changed. */
export function forgetBefore(log: ChangeLog, version: number): void {
  log.latest = version;
  log.forgotten = version;
  for (const [agencyId, agency] of log.agencies) {
    dropClients(log, agency);
    agency.knownFrom = version;
    if (agency.keepers === 0) dropAgency(log, agencyId);
  }
}

/** Keeps an agency in the log until the answer is called. */
export function keepAgency(log: ChangeLog, agencyId: string): () => void {
  const agency = agencyLog(log, agencyId);
  agency.keepers += 1;
  return () => {
    agency.keepers -= 1;
    makeRoom(log);
  };
}

/** Whether anything in a scope may have changed since a version. */
export function hasChanged(log: ChangeLog, { agencyId, clientId }: Scope, since: number): boolean {
  const agency = log.agencies.get(agencyId);
  if (!isKnown(log, agency, since)) return true;
  if (!agency) return false;
  const latest =
    clientId === undefined
      ? agency.latest
      : Math.max(agency.anyAt, agency.clients.get(clientId) ?? 0);
  return latest > since;
}

/** What may have changed in a scope since a version. */
export function changesSince(log: ChangeLog, scope: Scope, since: number): Changes {
  const agency = log.agencies.get(scope.agencyId);
  if (!isKnown(log, agency, since)) return 'any';
  if (!agency || !hasChanged(log, scope, since)) return [];
  if (agency.anyAt > since) return 'any';
  if (scope.clientId !== undefined) return [scope.clientId];
  const ids = [...agency.clients].flatMap(([id, version]) => (version > since ? [id] : []));
  return ids.includes(SHARED) || ids.length > MOST_NAMED ? 'any' : ids;
}

/** A version that this process has not heard of yet tells it nothing either. */
function isKnown(log: ChangeLog, agency: AgencyLog | undefined, since: number): boolean {
  return since >= (agency?.knownFrom ?? log.forgotten) && since <= log.latest;
}

function agencyLog(log: ChangeLog, agencyId: string): AgencyLog {
  const known = log.agencies.get(agencyId);
  if (known) return known;
  const knownFrom = log.forgotten;
  const agency = { knownFrom, latest: 0, anyAt: 0, keepers: 0, clients: new Map() };
  log.agencies.set(agencyId, agency);
  log.size += 1;
  return agency;
}

function makeRoom(log: ChangeLog): void {
  if (log.size <= log.capacity) return;
  for (const [agencyId, agency] of log.agencies) {
    if (agency.keepers > 0) continue;
    log.forgotten = Math.max(log.forgotten, agency.latest);
    dropClients(log, agency);
    dropAgency(log, agencyId);
    if (log.size <= log.capacity) return;
  }
}

function dropClients(log: ChangeLog, agency: AgencyLog): void {
  log.size -= agency.clients.size;
  agency.clients.clear();
}

function dropAgency(log: ChangeLog, agencyId: string): void {
  log.agencies.delete(agencyId);
  log.size -= 1;
}
