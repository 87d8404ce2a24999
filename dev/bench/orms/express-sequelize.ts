import { randomUUIDv7 } from 'node:crypto';
import express from 'express';
import { DataTypes, type Model, Sequelize } from 'sequelize';

// As the guides show it: a model, findByPk, findAll with limit and offset, create, and update of what was found.
const [port, url = '', table = ''] = process.argv.slice(2);
const sequelize = new Sequelize(url, { logging: false, pool: { max: 10 } });

const User = sequelize.define<Model>(
  'User',
  {
    id: { type: DataTypes.UUID, primaryKey: true, defaultValue: () => randomUUIDv7() },
    email: { type: DataTypes.TEXT, allowNull: false, unique: true },
    displayName: { type: DataTypes.TEXT, allowNull: false },
    status: { type: DataTypes.TEXT, allowNull: false, defaultValue: 'active' },
    createdAt: { type: DataTypes.DATE },
    updatedAt: { type: DataTypes.DATE },
  },
  { tableName: table, underscored: true },
);

const app = express();
app.use(express.json());

app.get('/users/:id', async (request, response) => {
  const user = await User.findByPk(request.params.id);
  if (user) response.json(user);
  else response.sendStatus(404);
});

app.get('/users', async (request, response) => {
  const limit = Number(request.query['pageSize']);
  const offset = Number(request.query['pageToken'] ?? 0);
  const order: [string, string][] = [
    ['createdAt', 'ASC'],
    ['id', 'ASC'],
  ];
  const value = await User.findAll({ limit, offset, order });
  response.json({ value, ...(value.length === limit && { nextPageToken: String(offset + limit) }) });
});

app.post('/users', async (request, response) => {
  const { email, displayName } = request.body;
  response.status(201).json(await User.create({ email, displayName }));
});

app.patch('/users/:id', async (request, response) => {
  const user = await User.findByPk(request.params.id);
  if (user) response.json(await user.update({ displayName: request.body.displayName }));
  else response.sendStatus(404);
});

await sequelize.authenticate();
app.listen(Number(port), '127.0.0.1');
