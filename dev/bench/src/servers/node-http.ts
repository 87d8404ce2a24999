import { createServer } from 'node:http';

// Nothing but the runtime: what no Node service can be cheaper than.
createServer((request, response) => {
  if (request.method !== 'GET' || request.url !== '/pizza') return response.writeHead(404).end();
  const body = JSON.stringify({ name: 'margherita', slices: 8 });
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
  return response.writeHead(200, headers).end(body);
}).listen(Number(process.argv[2]), '127.0.0.1');
