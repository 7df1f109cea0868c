import { serve } from '../serve.ts';
import { HOST, startTestServer } from './test-server.ts';

// A process of its own for the test of a graceful stop: prints its address and a token.
const { app, bearer } = await startTestServer();
const { authorization } = await bearer(HOST);
process.stdout.write(`${authorization}\n`);
await serve(app, {
  host: '127.0.0.1',
  port: 0,
  release: async () => {
    process.stdout.write('released\n');
  },
});
