import { isFields, type Fields } from '../compare.ts';
import type { Target } from '../rest.ts';
import { ANSWERS } from './answers.ts';
import { perform, type Story } from './perform.ts';
import { heldIn, keyOf, type Ran } from './ran.ts';
import { seed } from './seeds.ts';
import { fieldsAt, listAt, openPostizWorld, type PostizWorld, type Variation } from './world.ts';

const AS_WRITTEN: Variation = { countBy: 'channel', fullWeeks: [] };

/** Runs a case through the gateway, the poller and the webhook endpoint, and answers the fields that it expects. */
export function runPostizCase(target: Target, file: Fields, found: Fields): Promise<Fields> {
  const run = async (variation: Variation, expected: Fields): Promise<Fields> => {
    const world = await openPostizWorld(target, { file, found, variation });
    try {
      const ran = await runSteps(world, found, variation);
      const elsewhere: Ran['elsewhere'] = (change, there) =>
        run({ ...variation, ...change }, there);
      return await answersTo({ ...ran, elsewhere }, expected);
    } finally {
      await world.close();
    }
  };
  return run(AS_WRITTEN, fieldsAt(found, 'expect'));
}

async function runSteps(
  world: PostizWorld,
  found: Fields,
  variation: Variation,
): Promise<Omit<Ran, 'elsewhere'>> {
  await seed(world, found, variation);
  const { sim, service, recorder } = world;
  const before = await world.counts();
  const findings = new Set([...service.desk.memory.findings.all()].map(keyOf));
  const start = { calls: sim.calls.length, told: recorder.told.length, findings };
  const story: Story = {
    answers: [],
    collected: [],
    sideEffects: new Set(),
    listing: undefined,
    failedPolls: 0,
  };
  const heldPerStep: number[] = [];
  for (const step of listAt(found, 'steps')) {
    // oxlint-disable-next-line no-await-in-loop -- the steps of a story
    await perform(world, story, step);
    // oxlint-disable-next-line no-await-in-loop -- as it stands after this step
    heldPerStep.push(heldIn(await world.counts()));
  }
  return { world, story, found, before, after: await world.counts(), heldPerStep, start };
}

/** Only what is asked for is worked out: some of it takes the world apart. A field that is not known is left out. */
async function answersTo(ran: Ran, expected: Fields): Promise<Fields> {
  const answered: Record<string, unknown> = {};
  const inOrder = Object.keys(expected).toSorted((a, b) => Number(isLast(a)) - Number(isLast(b)));
  for (const name of inOrder) {
    const answer = Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
    // oxlint-disable-next-line no-await-in-loop -- some change what the next would see
    if (answer) answered[name] = await answer(ran, expected[name]);
  }
  return answered;
}

// What asks the product once more comes after all that only looks.
function isLast(name: string): boolean {
  return ['holds', 'chargedTo', 'note', 'afterwards', 'monthlyFlow'].includes(name);
}

/** Whether a case is one of Postiz's: by its host, or by what its steps ask. */
export function isPostizCase(found: Fields): boolean {
  if (found['host'] === 'postiz') return true;
  return listAt(found, 'steps').some((step) => {
    const { path } = isFields(step['request']) ? step['request'] : {};
    return typeof path === 'string' && /^\/(?:api\/)?public\/v1\/|^\/hooks\/postiz\//u.test(path);
  });
}
