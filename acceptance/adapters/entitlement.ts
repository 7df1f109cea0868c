import { randomUUID } from 'node:crypto';

import { readCases, type AcceptanceCase, type RawCaseFile } from '../case-file.ts';
import { isFields, textOf, type Fields } from '../compare.ts';
import {
  COUNTER_FIELDS,
  DECISION_FIELDS,
  decisionFields,
  refusal,
  SETTLEMENT_FIELDS,
  settlementFields,
  stateFields,
  tierFields,
  usageFields,
  usageRow,
} from '../entitlement/answers.ts';
import { command, hook, operate, read, setUsage, type Ask } from '../entitlement/calls.ts';
import { OUTCOMES, tally } from '../entitlement/tally.ts';
import {
  effectiveOf,
  featureOf,
  fieldsAt,
  intervalOf,
  listAt,
  meterOf,
  named,
  requireKnown,
  toUnits,
  UNCHANGED,
} from '../entitlement/words.ts';
import {
  assignBody,
  clientCall,
  openWorld,
  publishTerms,
  requireTier,
  type World,
  type WorldClient,
} from '../entitlement/world.ts';
import { sendAlone, type Target } from '../rest.ts';
import type { Adapter, CaseWorld } from '../run-cases.ts';

interface Operation {
  /** The options it takes beside `op`, `client` and `at`. */
  readonly takes: readonly string[];
  /** The fields of `then` that its answer fills. */
  readonly fields: readonly string[];
  readonly perform: (ask: Ask) => Promise<Fields>;
}

const ASKED = ['feature', 'qty', 'platforms', 'scheduledAt'];
const ASSIGNED = ['tier', 'version', 'billingAnchor', 'anchor', 'everyMonths', 'trialEnd'];
const STATUS = ['status', 'reason'];
const CHANGE = [...STATUS, 'effectiveAt', 'tier', 'version'];

/** Every operation of the format, each mapped to the public API. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  check: { takes: ASKED, fields: DECISION_FIELDS, perform: check },
  reserve: { takes: [...ASKED, 'key', 'expiresAt'], fields: DECISION_FIELDS, perform: reserve },
  commit: { takes: ['key', 'feature'], fields: SETTLEMENT_FIELDS, perform: commit },
  release: { takes: ['key', 'feature'], fields: SETTLEMENT_FIELDS, perform: release },
  reschedule: {
    takes: ['key', 'feature', 'scheduledAt'],
    fields: DECISION_FIELDS,
    perform: reschedule,
  },
  sweep: { takes: [], fields: ['expired'], perform: sweep },
  usage: { takes: ['feature', 'scope', 'periodAt'], fields: COUNTER_FIELDS, perform: usage },
  setGauge: {
    takes: ['feature', 'value', 'key'],
    fields: [...DECISION_FIELDS, 'current'],
    perform: setGauge,
  },
  billingPeriod: { takes: [], fields: ['periodStart', 'periodEnd'], perform: billingPeriod },
  tierAt: { takes: [], fields: ['tier', 'version', 'status'], perform: tierAt },
  alerts: { takes: ['feature'], fields: ['events'], perform: alerts },
  ledgerSum: { takes: ['feature'], fields: ['nonNegative', 'drift'], perform: ledgerSum },
  assign: { takes: ASSIGNED, fields: CHANGE, perform: assign },
  changeTier: {
    takes: ['to', 'mode', 'version', 'everyMonths'],
    fields: CHANGE,
    perform: changeTier,
  },
  cancelScheduledChange: { takes: [], fields: STATUS, perform: cancelScheduledChange },
  pause: { takes: [], fields: CHANGE, perform: pause },
  resume: { takes: [], fields: CHANGE, perform: resume },
  cancel: { takes: ['mode'], fields: CHANGE, perform: cancel },
  uncancel: { takes: [], fields: CHANGE, perform: uncancel },
  setTimezone: { takes: ['timezone'], fields: CHANGE, perform: setTimezone },
  grantOverride: {
    takes: ['feature', 'scope', 'delta', 'limit', 'from', 'to'],
    fields: STATUS,
    perform: grantOverride,
  },
  publishTierVersion: {
    takes: ['tier', 'version', 'limits'],
    fields: CHANGE,
    perform: publishTierVersion,
  },
  parallel: { takes: ['ops'], fields: OUTCOMES, perform: parallel },
};

/** Runs the service-tier entitlement cases over REST. */
export const entitlementAdapter: Adapter = {
  title: 'Service-tier entitlement acceptance cases',
  operations: Object.keys(OPERATIONS),
  // The product settles no decision of these cases otherwise. One that it will is listed here, with the reason.
  skips: { decisions: {}, cases: {} },
  needsApi: true,
  casesOf: readCases,
  reads: (content) =>
    content['title'] === entitlementAdapter.title ||
    Object.keys(fieldsAt(content, 'operations')).some((op) => Object.hasOwn(OPERATIONS, op)),
  fieldsOf: (op) => operationOf(op)?.fields,
  open: openCase,
};

async function openCase(
  target: Target,
  file: RawCaseFile,
  found: AcceptanceCase,
): Promise<CaseWorld> {
  const opened = await openWorld(target, file, found);
  return { perform: (when) => perform(opened.world, when), close: () => opened.close() };
}

async function perform(world: World, when: Fields): Promise<Fields> {
  const { op, at } = when;
  const operation = operationOf(op);
  if (operation === undefined) throw new Error(`there is no operation ${textOf(op)}`);
  requireKnown(`when of ${textOf(op)}`, when, ['op', 'client', 'at', ...operation.takes]);
  if (typeof at !== 'string') throw new Error(`${textOf(op)}: "at" must be an instant`);
  return operation.perform({ world, when, at, client: clientOf(world, when['client']) });
}

function operationOf(op: unknown): Operation | undefined {
  return Object.hasOwn(OPERATIONS, textOf(op)) ? OPERATIONS[textOf(op)] : undefined;
}

function clientOf(world: World, id: unknown): WorldClient {
  const [first] = world.clients.values();
  const client = id === undefined ? first : world.clients.get(textOf(id));
  // A client that nobody registered is for the product to refuse.
  return client ?? { id: textOf(id), timeZone: 'UTC', assignment: undefined };
}

async function check(ask: Ask): Promise<Fields> {
  const { feature, platforms, scheduledAt, qty = 1 } = ask.when;
  const meter = meterOf(feature);
  const reply = await read(ask, '/limits', {
    meter: meter.name,
    quantity: toUnits(qty, meter),
    platforms: Array.isArray(platforms) ? platforms.join(',') : undefined,
    scheduledAt,
  });
  return decisionFields(reply, 'allowed', meter);
}

async function reserve(ask: Ask): Promise<Fields> {
  const { feature, key, platforms, scheduledAt, expiresAt, qty = 1 } = ask.when;
  const meter = meterOf(feature);
  const reply = await hook(ask, 'reserve', {
    key,
    meter: meter.name,
    quantity: toUnits(qty, meter),
    ...named('platforms', platforms),
    ...named('scheduledAt', scheduledAt),
    ...named('expiresAt', expiresAt),
  });
  return decisionFields(reply, 'held', meter);
}

async function commit(ask: Ask): Promise<Fields> {
  return settlementFields(await hook(ask, 'commit', { key: ask.when['key'] }));
}

async function release(ask: Ask): Promise<Fields> {
  return settlementFields(await hook(ask, 'release', { key: ask.when['key'] }));
}

async function reschedule(ask: Ask): Promise<Fields> {
  const { feature, key, scheduledAt } = ask.when;
  return decisionFields(await hook(ask, 'move', { key, scheduledAt }), 'held', meterOf(feature));
}

async function sweep(ask: Ask): Promise<Fields> {
  const { expired } = await operate(ask, 'sweep');
  return { expired };
}

async function ledgerSum(ask: Ask): Promise<Fields> {
  const answer = await operate(ask, 'drift');
  const drift = listAt(answer, 'drift').length;
  return { nonNegative: drift === 0, drift };
}

async function setGauge(ask: Ask): Promise<Fields> {
  const { feature, value, key } = ask.when;
  const meter = meterOf(feature);
  const reply = await setUsage(ask, {
    meter: meter.name,
    quantity: toUnits(value, meter),
    idempotencyKey: key ?? randomUUID(),
  });
  return decisionFields(reply, 'allowed', meter);
}

async function usage(ask: Ask): Promise<Fields> {
  const { feature, scope = null, periodAt } = ask.when;
  const meter = meterOf(feature);
  const { body } = await read(ask, '', { at: periodAt });
  return usageFields(usageRow(body, meter, scope), meter);
}

async function billingPeriod(ask: Ask): Promise<Fields> {
  const { body } = await read(ask, '', {});
  const { periodStart, periodEnd } = fieldsAt(body, 'billing');
  return { periodStart, periodEnd };
}

async function tierAt(ask: Ask): Promise<Fields> {
  const { body } = await read(ask, '', {});
  return { ...tierFields(ask.world, body), status: body['status'] ?? null };
}

async function alerts(ask: Ask): Promise<Fields> {
  const { feature } = ask.when;
  const { body } = await read(ask, '/alerts', {});
  const rows = listAt(body, 'items').filter(
    (row) => feature === undefined || row['meter'] === meterOf(feature).name,
  );
  return {
    events: rows.map((row) => {
      const meter = meterOf(featureOf(row['meter']));
      return { ...usageFields(row, meter), threshold: row['threshold'], at: row['at'] };
    }),
  };
}

async function assign(ask: Ask): Promise<Fields> {
  const wish = { ...ask.when, start: ask.at };
  const reply = await command(ask, '/assign', assignBody(ask.world, ask.client, wish));
  if (reply.status >= 400) return refusal(reply);
  return { ...tierFields(ask.world, reply.body), status: 'assigned', effectiveAt: ask.at };
}

async function changeTier(ask: Ask): Promise<Fields> {
  const { to, mode, version, everyMonths } = ask.when;
  const reply = await command(ask, '/assign', {
    tierId: requireTier(ask.world, to).id,
    ...named('version', version),
    ...named('interval', intervalOf(everyMonths)),
    ...named('effective', effectiveOf(mode)),
  });
  if (reply.status >= 400) return refusal(reply);
  const pending = fieldsAt(fieldsAt(reply.body, 'billing'), 'scheduledChange');
  if (pending['effectiveAt'] !== undefined) {
    const { effectiveAt } = pending;
    return { ...tierFields(ask.world, pending), status: 'scheduled', effectiveAt };
  }
  const status = isFields(reply.body['proration']) ? 'applied' : UNCHANGED;
  return { ...tierFields(ask.world, reply.body), status, effectiveAt: ask.at };
}

async function cancelScheduledChange(ask: Ask): Promise<Fields> {
  const reply = await command(ask, '/cancel-scheduled-change', {});
  return reply.status >= 400 ? refusal(reply) : { status: 'canceled' };
}

async function pause(ask: Ask): Promise<Fields> {
  return stateFields(await command(ask, '/pause', {}));
}

async function resume(ask: Ask): Promise<Fields> {
  return stateFields(await command(ask, '/resume', {}));
}

async function uncancel(ask: Ask): Promise<Fields> {
  return stateFields(await command(ask, '/uncancel', {}));
}

async function cancel(ask: Ask): Promise<Fields> {
  const effective = effectiveOf(ask.when['mode']);
  const reply = await command(ask, '/cancel', named('effective', effective));
  if (reply.status >= 400) return refusal(reply);
  const ended = reply.body['status'] === 'canceled';
  return ended
    ? { status: 'ended', effectiveAt: ask.at }
    : { status: 'scheduled', effectiveAt: reply.body['endsAt'] };
}

async function setTimezone(ask: Ask): Promise<Fields> {
  const timeZone = ask.when['timezone'];
  const reply = await ask.world.send(clientCall(ask.world, { ...ask.client, timeZone }, ask.at));
  if (reply.status >= 400) return refusal(reply);
  const { effectiveAt } = fieldsAt(reply.body, 'timeZoneChange');
  return effectiveAt === undefined ? { status: UNCHANGED } : { status: 'scheduled', effectiveAt };
}

async function grantOverride(ask: Ask): Promise<Fields> {
  const { feature, scope, delta, limit, from, to } = ask.when;
  const meter = meterOf(feature);
  const reply = await command(ask, '/override', {
    meter: meter.name,
    ...named('platform', scope),
    ...named('delta', toUnits(delta, meter)),
    ...named('limit', toUnits(limit, meter)),
    from: from ?? ask.at,
    ...(to === null ? {} : named('to', to)),
  });
  return reply.status >= 400 ? refusal(reply) : { status: 'granted' };
}

async function publishTierVersion(ask: Ask): Promise<Fields> {
  const key = textOf(ask.when['tier']);
  const { terms } = requireTier(ask.world, key);
  const { platforms, posts_per_platform: perPlatform } = terms;
  // A new version names its limits; the platforms it does not name stay what they were.
  const kept = { ...named('platforms', platforms), ...named('posts_per_platform', perPlatform) };
  const limits = fieldsAt(ask.when, 'limits');
  const reply = await publishTerms(ask.world, { key, terms: { ...kept, ...limits }, at: ask.at });
  if (reply.status >= 400) return refusal(reply);
  const { version } = reply.body;
  const { version: wanted = version } = ask.when;
  if (wanted !== version) {
    throw new Error(`the product published version ${textOf(version)}, not ${textOf(wanted)}`);
  }
  return { status: 'published', tier: key, version };
}

async function parallel({ world, when, at }: Ask): Promise<Fields> {
  const ops = when['ops'];
  if (!Array.isArray(ops)) throw new Error('parallel: "ops" must be a list');
  const apart: World = { ...world, send: sendAlone(world.target) };
  const started = ops.map((op: unknown) => perform(apart, { ...(isFields(op) ? op : {}), at }));
  return tally(await Promise.all(started));
}
