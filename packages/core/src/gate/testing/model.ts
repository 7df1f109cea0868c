/** A simple gate of one client, written apart from the real one: what each event does to used and held. */
export interface Model {
  readonly limit: number;
  readonly now: number;
  readonly posts: Readonly<Record<string, ModelHold>>;
  readonly keys: Readonly<Record<string, ModelHold>>;
}

interface ModelHold {
  /** No week: told, and nothing was ever held. */
  readonly week: string | undefined;
  /** Undefined: told, and no time was ever named. */
  readonly at: number | undefined;
  readonly quantity: number;
  readonly units: Readonly<Record<string, ModelUnit>>;
}

interface ModelUnit {
  readonly is: 'held' | 'used' | 'released' | 'expired' | 'denied';
  readonly until: number;
}

/** Something the host tells; `inDays` is from now. */
export type Event =
  | {
      readonly type: 'schedule';
      readonly post: string;
      readonly channels: string[];
      readonly inDays: number;
    }
  | { readonly type: 'draft'; readonly post: string }
  | { readonly type: 'publish'; readonly post: string; readonly channels: string[] }
  | {
      readonly type: 'fail';
      readonly post: string;
      readonly channels: string[];
      readonly final: boolean;
    }
  | { readonly type: 'delete'; readonly post: string }
  | { readonly type: 'reserve'; readonly key: string; readonly quantity: number }
  | { readonly type: 'commit' | 'release'; readonly key: string }
  | { readonly type: 'move'; readonly key: string; readonly inDays: number }
  | { readonly type: 'sweep' };

const HOUR = 3_600_000;
const GRACE = 72 * HOUR;
const RETRY = 2 * HOUR;

/** The Monday of an instant's week. */
function weekOf(at: number): string {
  const day = new Date(at);
  const back = (day.getUTCDay() + 6) % 7;
  return new Date(at - back * 24 * HOUR).toISOString().slice(0, 10);
}

/** Used and held by week. */
export function totals(model: Model): Map<string, { used: number; held: number }> {
  const sums = new Map<string, { used: number; held: number }>();
  for (const hold of [...Object.values(model.posts), ...Object.values(model.keys)]) {
    if (hold.week === undefined) continue;
    const sum = sums.get(hold.week) ?? { used: 0, held: 0 };
    const kind = taken(hold);
    if (kind) sum[kind] += hold.quantity;
    sums.set(hold.week, sum);
  }
  return sums;
}

/** What an event makes of the gate, and whether an ask was denied. */
export function step(
  model: Model,
  event: Event,
): { readonly model: Model; readonly denied: boolean } {
  switch (event.type) {
    case 'reserve':
    case 'commit':
    case 'release':
    case 'move':
      return stepKey(model, event);
    case 'sweep':
      return { denied: false, model: swept(model) };
    case 'schedule':
      return schedule(model, event);
    case 'draft':
    case 'delete':
    case 'publish':
    case 'fail':
      return { denied: false, model: stepPost(model, event) };
  }
}

function taken({ units }: ModelHold): 'used' | 'held' | undefined {
  const states = Object.values(units).map((unit) => unit.is);
  if (states.includes('used')) return 'used';
  return states.includes('held') ? 'held' : undefined;
}

function fits(model: Model, before: ModelHold | undefined, after: ModelHold): boolean {
  const had = before && before.week === after.week && taken(before) ? before.quantity : 0;
  if (after.quantity <= had) return true;
  const sum = totals(model).get(after.week ?? '') ?? { used: 0, held: 0 };
  return sum.used + sum.held - had + after.quantity <= model.limit;
}

// oxlint-disable-next-line complexity -- a model is read case by case
function schedule(model: Model, event: Extract<Event, { type: 'schedule' }>) {
  const at = model.now + event.inDays * 24 * HOUR;
  const before = model.posts[event.post];
  const states = Object.values(before?.units ?? {}).map((unit) => unit.is);
  if (states.includes('used') && !states.includes('held')) return { model, denied: false };
  const units: Record<string, ModelUnit> = {};
  for (const [channel, unit] of Object.entries(before?.units ?? {})) {
    units[channel] = unit.is === 'held' ? { ...unit, is: 'released' } : unit;
  }
  for (const channel of event.channels) {
    if (units[channel]?.is !== 'used') units[channel] = { is: 'held', until: at + GRACE };
  }
  const keeps = before && states.includes('used');
  const time = keeps ? { week: before.week, at: before.at } : { week: weekOf(at), at };
  const after: ModelHold = { ...time, quantity: 1, units };
  if (fits(model, before, after))
    return { model: withPost(model, event.post, after), denied: false };
  if (before?.week !== undefined) return { model, denied: true };
  const denied = Object.fromEntries(
    event.channels.map((channel) => [channel, { is: 'denied', until: at } as const]),
  );
  return { model: withPost(model, event.post, { ...after, units: denied }), denied: true };
}

type Report = Event & { type: 'draft' | 'delete' | 'publish' | 'fail' };

// oxlint-disable-next-line complexity -- a model is read case by case
function stepPost(model: Model, event: Report): Model {
  const hold = model.posts[event.post];
  const known = hold?.week === undefined ? undefined : hold;
  switch (event.type) {
    case 'draft':
    case 'delete': {
      if (known) return withPost(model, event.post, released(known));
      const drafted = { week: undefined, at: model.now + 24 * HOUR, quantity: 1, units: {} };
      return event.type === 'draft' ? withPost(model, event.post, drafted) : model;
    }
    case 'publish': {
      const units = { ...known?.units };
      for (const channel of event.channels) units[channel] = { is: 'used', until: 0 };
      const fresh = { week: weekOf(model.now), at: model.now, quantity: 1 };
      return withPost(model, event.post, { ...(known ?? fresh), units });
    }
    case 'fail': {
      const at = hold?.at ?? model.now;
      const until = at + RETRY;
      const units: Record<string, ModelUnit> = { ...known?.units };
      for (const channel of event.channels) {
        const unit = known ? units[channel] : ({ is: 'denied', until: 0 } as const);
        if (unit && unit.is !== 'used')
          units[channel] = failed(unit, event.final, until, model.now);
      }
      const isHeld = known ?? Object.values(units).some((unit) => unit.is === 'held');
      if (!isHeld)
        return hold
          ? model
          : withPost(model, event.post, { week: undefined, at: undefined, quantity: 1, units: {} });
      return withPost(model, event.post, {
        ...(known ?? { week: weekOf(at), at, quantity: 1 }),
        units,
      });
    }
  }
}

function failed(unit: ModelUnit, final: boolean, until: number, now: number): ModelUnit {
  if (final) return unit.is === 'held' ? { ...unit, is: 'released' } : unit;
  return unit.is !== 'held' && until <= now ? unit : { is: 'held', until };
}

// oxlint-disable-next-line complexity -- a model is read case by case
function stepKey(model: Model, event: Extract<Event, { key: string }>) {
  const hold = model.keys[event.key];
  const save = (next: ModelHold): Model => ({
    ...model,
    keys: { ...model.keys, [event.key]: next },
  });
  const state = hold?.units['']?.is;
  if (event.type === 'reserve') {
    if (hold) return { model, denied: state === 'denied' };
    const minute = Math.floor(model.now / 60_000) * 60_000;
    const fresh: ModelHold = {
      week: weekOf(model.now),
      at: minute,
      quantity: event.quantity,
      units: { '': { is: 'held', until: minute + GRACE } },
    };
    if (fits(model, undefined, fresh)) return { model: save(fresh), denied: false };
    return { model: save({ ...fresh, units: { '': { is: 'denied', until: 0 } } }), denied: true };
  }
  if (!hold) return { model, denied: false };
  if (event.type === 'commit') {
    const counts = state === 'held' || state === 'expired';
    return {
      denied: false,
      model: counts ? save({ ...hold, units: { '': { is: 'used', until: 0 } } }) : model,
    };
  }
  if (event.type === 'release') return { denied: false, model: save(released(hold)) };
  if (event.type !== 'move' || state !== 'held') return { model, denied: false };
  const at = model.now + event.inDays * 24 * HOUR;
  const moved = {
    ...hold,
    at,
    week: weekOf(at),
    units: { '': { is: 'held', until: at + GRACE } as const },
  };
  return fits(model, hold, moved) ? { model: save(moved), denied: false } : { model, denied: true };
}

function released(hold: ModelHold): ModelHold {
  return mapUnits(hold, (unit) => (unit.is === 'held' ? { ...unit, is: 'released' } : unit));
}

function swept(model: Model): Model {
  const sweep = (holds: Model['posts']): Model['posts'] =>
    Object.fromEntries(
      Object.entries(holds).map(([name, hold]) => [
        name,
        mapUnits(hold, (unit) =>
          unit.is === 'held' && unit.until <= model.now ? { ...unit, is: 'expired' } : unit,
        ),
      ]),
    );
  return { ...model, posts: sweep(model.posts), keys: sweep(model.keys) };
}

function mapUnits(hold: ModelHold, change: (unit: ModelUnit) => ModelUnit): ModelHold {
  const units = Object.entries(hold.units).map(
    ([channel, unit]) => [channel, change(unit)] as const,
  );
  return { ...hold, units: Object.fromEntries(units) };
}

function withPost(model: Model, post: string, hold: ModelHold): Model {
  return { ...model, posts: { ...model.posts, [post]: hold } };
}
