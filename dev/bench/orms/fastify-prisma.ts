import { PrismaPg } from '@prisma/adapter-pg';
import { fastify } from 'fastify';

// As the guides show it: findUnique, findMany with a cursor, create and update, of the client that prisma generates.
type User = { id: string; email: string; displayName: string; status: string; createdAt: Date; updatedAt: Date };
type UserModel = {
  findUnique(query: { where: { id: string } }): Promise<User | null>;
  findMany(query: object): Promise<User[]>;
  create(query: { data: Pick<User, 'email' | 'displayName'> }): Promise<User>;
  update(query: { where: { id: string }; data: Pick<User, 'displayName'> }): Promise<User>;
};
type Generated = { PrismaClient: new (options: { adapter: PrismaPg }) => { user: UserModel } };

const [port, url = '', client = ''] = process.argv.slice(2);
const { PrismaClient } = (await import(client)) as Generated;
const { user: users } = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 10 }) });

const server = fastify();

server.get<{ Params: { id: string } }>('/users/:id', async (request, reply) => {
  return (await users.findUnique({ where: { id: request.params.id } })) ?? reply.code(404).send();
});

server.get<{ Querystring: { pageSize: string; pageToken?: string } }>('/users', async (request) => {
  const take = Number(request.query.pageSize);
  const { pageToken: id } = request.query;
  const value = await users.findMany({
    take,
    ...(id !== undefined && { cursor: { id }, skip: 1 }),
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return { value, ...(value.length === take && { nextPageToken: value.at(-1)?.id }) };
});

server.post<{ Body: { email: string; displayName: string } }>('/users', async (request, reply) => {
  const { email, displayName } = request.body;
  return reply.code(201).send(await users.create({ data: { email, displayName } }));
});

server.patch<{ Params: { id: string }; Body: { displayName: string } }>('/users/:id', (request) =>
  users.update({ where: { id: request.params.id }, data: { displayName: request.body.displayName } }),
);

await server.listen({ port: Number(port), host: '127.0.0.1' });
