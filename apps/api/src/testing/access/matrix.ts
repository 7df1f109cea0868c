import type { Fields } from '../../fields.ts';
import { listProcedures, type ListedProcedure } from '../../rest/procedures.ts';
import { appRouter } from '../../router.ts';
import { transportsOf, type Transport } from '../calls.ts';
import type { Tenant } from '../real-server.ts';
import type { Caller } from './callers.ts';
import type { Cell } from './exchange.ts';
import { idIn, idsOf, inputFor, unknownLike, unknownTenant } from './inputs.ts';
import type { RecordedRoles } from './recorded.ts';

/** Every procedure of the router; those after which there is less to ask about come last. */
export const PROCEDURES: readonly ListedProcedure[] = listProcedures(appRouter).toSorted(
  (a, b) => finalityOf(a) - finalityOf(b),
);

function finalityOf({ path }: ListedProcedure): number {
  if (path === 'agencies.archive') return 3;
  if (path.endsWith('.archive')) return 2;
  return /\.(?:delete|remove|revoke\w*|cancel)$/.test(path) ? 1 : 0;
}

/** The status with which a caller is turned away whatever it names; undefined where it may call. */
export function refusalFor(
  { role, opens }: Caller,
  procedure: ListedProcedure,
  recorded: RecordedRoles,
): 401 | 403 | undefined {
  if (!role) return 401;
  const isTaken = recorded[procedure.path]?.split(' ').includes(role) ?? false;
  return isTaken && opens(procedure) ? undefined : 403;
}

/** The same call about what is one's own, another agency's, and nobody's. */
export function refusedCells(
  procedure: ListedProcedure,
  { own }: Caller,
  rival: Tenant,
): readonly Cell[] {
  return [own, rival, unknownTenant(rival)].map((tenant) => ({
    procedure,
    input: inputFor(procedure, tenant),
  }));
}

/** Two calls that must not be told apart: of something that is somebody else's, and of something that is not. */
export interface Pair {
  /** Which ids are not the caller's. */
  readonly about: string;
  readonly theirs: Cell;
  readonly nobodys: Cell;
  /** What of the answers may differ: the ids that were sent. */
  readonly ids: readonly (readonly [string, string])[];
}

/** Every way in which a caller can name what is not its own. */
export function pairsOf(procedure: ListedProcedure, caller: Caller, rival: Tenant): Pair[] {
  const { own, sibling, isBound, role } = caller;
  const ids = idsOf(procedure);
  const pair = (about: string, names: readonly (keyof Tenant)[], whose: Tenant): Pair => {
    const sent = names.map((name) => {
      const id = idIn(procedure, whose, name);
      return [name, id, unknownLike(id)] as const;
    });
    const cell = (which: 1 | 2): Cell => {
      const other: Fields = Object.fromEntries(sent.map((one) => [one[0], one[which]]));
      return { procedure, input: inputFor(procedure, own, other) };
    };
    return {
      about,
      theirs: cell(1),
      nobodys: cell(2),
      ids: sent.map(([, theirs, nobodys]) => [theirs, nobodys]),
    };
  };
  const inClient = 'clientWorkspaceId' in procedure.shape ? idsOf(procedure, 'client') : [];
  const agency = isBound && 'agencyWorkspaceId' in procedure.shape;
  return [
    ...ids
      .filter((name) => !registers(procedure, name))
      .map((name) => pair(`foreign ${name}`, [name], rival)),
    ...(agency ? [pair('foreign agency', ['agencyWorkspaceId'], rival)] : []),
    ...(agency ? [pair('all foreign', ['agencyWorkspaceId', ...ids], rival)] : []),
    ...inClient
      // To its agency, a sibling is one's own; what belongs to it is still not the client's.
      .filter((name) => name !== 'clientWorkspaceId' || role === 'client')
      .map((name) => pair(`sibling ${name}`, [name], sibling)),
  ];
}

/** Whether an unknown client is no mistake here: a list of its events is empty. */
export function takesAnyClient({ about, theirs: { procedure } }: Pair): boolean {
  return procedure.path === 'audit.list' && about === 'foreign clientWorkspaceId';
}

/** Registering a client is for ids that nobody has yet, and another agency's are such. */
function registers({ path }: ListedProcedure, name: string): boolean {
  return path === 'clients.upsert' && name === 'clientWorkspaceId';
}

/** A call about the caller's own, and the way it goes. */
export interface OwnCell extends Cell {
  readonly way: Transport;
  readonly whose: 'own' | 'sibling';
}

/** What a caller asks of its own, each way it is served; what can be done once only goes one way each. */
export function ownCells(procedure: ListedProcedure, caller: Caller): OwnCell[] {
  const { own, sibling, role } = caller;
  const hasClient = 'clientWorkspaceId' in procedure.shape && role !== 'client';
  const tenants = hasClient
    ? ([
        ['own', own],
        ['sibling', sibling],
      ] as const)
    : ([['own', own]] as const);
  const ways = transportsOf(procedure);
  const isOnce = finalityOf(procedure) > 0;
  return tenants.flatMap(([whose, tenant], index) => {
    const turn = (index + (caller.isClose ? 0 : 1)) % ways.length;
    return ways
      .filter((_, which) => (caller.isClose && !isOnce) || which === turn)
      .map((way) => ({ procedure, way, whose, input: inputFor(procedure, tenant) }));
  });
}
