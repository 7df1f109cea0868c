/** A bare reverse proxy of Node's own, which looks at nothing. */
import { Agent, createServer, request as httpRequest } from 'node:http';

const target = new URL(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const server = createServer((request, response) => {
  const { method, url, headers } = request;
  const options = {
    agent,
    hostname: target.hostname,
    port: target.port,
    method,
    path: url,
    headers,
  };
  const sent = httpRequest(options, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
  });
  sent.on('error', () => response.destroy());
  request.pipe(sent);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  process.stdout.write(`listening on http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit(0));
