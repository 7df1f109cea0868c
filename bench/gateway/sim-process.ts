/** Plays Postiz, with so many customers of one channel each, until it is stopped. */
import { startPostizSim } from '@retainer/host/postiz-sim';

const customers = Array.from({ length: Number(process.argv[2]) }, (_, index) => ({
  id: `client-${index}`,
  name: `Client ${index}`,
}));
const sim = await startPostizSim({
  now: new Date().toISOString(),
  customers,
  channels: customers.map(({ id, name }) => ({
    id: `channel-of-${id}`,
    name,
    identifier: 'linkedin',
    customerId: id,
  })),
});
process.stdout.write(`listening on ${sim.url}\n`);
process.once('SIGTERM', () => process.exit(0));
