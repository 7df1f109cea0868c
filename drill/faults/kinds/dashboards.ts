import { setTimeout as pause } from 'node:timers/promises';

import type { Fault, Target } from './fault.ts';

const MORE = 300;
const PATIENCE_MS = 15_000;

/** Hundreds of dashboards come, and go without a goodbye, those that stay with them. */
export const dropDashboards: Fault = async (target) => {
  const { random, dashboards, openMore, violated } = target;
  const more = openMore(MORE);
  await pause(random.whole(200, 1_500));
  more.drop();
  dashboards.drop();
  await more.close();
  const until = performance.now() + PATIENCE_MS;
  let open = await openStreams(target);
  while (open !== dashboards.count && performance.now() < until) {
    await pause(100);
    open = await openStreams(target);
  }
  if (open !== dashboards.count) {
    violated(`${dashboards.count} dashboards are open, and the server counts ${open}`);
  }
};

async function openStreams({ place: { server } }: Target): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^retainer_live_streams\{scope="agency"\} (\d+)$/mu.exec(text)?.[1]);
}
