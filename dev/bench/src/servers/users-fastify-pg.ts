import { randomUUIDv7 } from 'node:crypto';
import { fastify } from 'fastify';
import { Pool } from 'pg';

// What nobody writes by hand for long: one prepared statement for each operation, and no contract around it. The limit.
type Row = { id: string; email: string; displayName: string; status: string; createdAt: Date; updatedAt: Date };

const [port, url, table = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString: url, max: 10 });
const columns =
  'id, email, display_name as "displayName", status, created_at as "createdAt", updated_at as "updatedAt"';
const select = `select ${columns} from ${table}`;
// The length of a page is a part of the text: with a parameter in its place Postgres would plan every time anew.
const statements = {
  find: `${select} where id = $1`,
  first: `${select} order by created_at, id limit `,
  next: `${select} where (created_at, id) > ($1, $2) order by created_at, id limit `,
  add: `insert into ${table} (id, email, display_name, status, created_at, updated_at)
    values ($1, $2, $3, 'active', $4, $4) returning ${columns}`,
  rename: `update ${table} set display_name = $2, updated_at = $3 where id = $1 returning ${columns}`,
};

async function run(name: keyof typeof statements, values: unknown[], limit?: number): Promise<Row[]> {
  const suffix = limit ?? '';
  return (await pool.query<Row>({ name: `${name}${suffix}`, text: `${statements[name]}${suffix}`, values })).rows;
}

const texts = ['id', 'email', 'displayName', 'status'].map((name) => [name, { type: 'string' }]);
const times = ['createdAt', 'updatedAt'].map((name) => [name, { type: 'string', format: 'date-time' }]);
const user = { type: 'object', properties: Object.fromEntries([...texts, ...times]) };
const page = {
  type: 'object',
  properties: { value: { type: 'array', items: user }, nextPageToken: { type: 'string' } },
};

const server = fastify();

server.get<{ Params: { id: string } }>(
  '/users/:id',
  { schema: { response: { 200: user } } },
  async (request, reply) => {
    const [row] = await run('find', [request.params.id]);
    return row ?? reply.code(404).send();
  },
);

server.get<{ Querystring: { pageSize: string; pageToken?: string } }>(
  '/users',
  { schema: { response: { 200: page } } },
  async (request) => {
    const { pageSize, pageToken } = request.query;
    const size = Number(pageSize);
    const value =
      pageToken === undefined
        ? await run('first', [], size)
        : await run('next', Buffer.from(pageToken, 'base64url').toString().split(' '), size);
    const last = value.at(-1);
    if (value.length < size || last === undefined) return { value };
    return { value, nextPageToken: Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') };
  },
);

server.post<{ Body: { email: string; displayName: string } }>(
  '/users',
  { schema: { response: { 201: user } } },
  async (request, reply) => {
    const { email, displayName } = request.body;
    const [row] = await run('add', [randomUUIDv7(), email, displayName, new Date()]);
    return reply.code(201).send(row);
  },
);

server.patch<{ Params: { id: string }; Body: { displayName: string } }>(
  '/users/:id',
  { schema: { response: { 200: user } } },
  async (request, reply) => {
    const [row] = await run('rename', [request.params.id, request.body.displayName, new Date()]);
    return row ?? reply.code(404).send();
  },
);

await server.listen({ port: Number(port), host: '127.0.0.1' });
