import 'reflect-metadata';
import { Body, Controller, Get, Inject, Module, NotFoundException, Param, Patch, Post, Query } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getRepositoryToken, TypeOrmModule } from '@nestjs/typeorm';
import { EntitySchema, type Repository } from 'typeorm';

// As the guides show it, on Nest's default, Express; only that decorators are called, as Node runs no decorator syntax.
type User = { id: string; email: string; displayName: string; status: string; createdAt: Date; updatedAt: Date };

const [port, url = '', table = ''] = process.argv.slice(2);

const userEntity = new EntitySchema<User>({
  name: 'User',
  tableName: table,
  columns: {
    id: { type: 'uuid', primary: true, generated: 'uuid' },
    email: { type: 'text', unique: true },
    displayName: { type: 'text', name: 'display_name' },
    status: { type: 'text', default: 'active' },
    createdAt: { type: 'timestamptz', name: 'created_at', createDate: true },
    updatedAt: { type: 'timestamptz', name: 'updated_at', updateDate: true },
  },
});

class UsersController {
  readonly users: Repository<User>;

  constructor(users: Repository<User>) {
    this.users = users;
  }

  async find(id: string): Promise<User> {
    const user = await this.users.findOneBy({ id });
    if (!user) throw new NotFoundException();
    return user;
  }

  async list({ pageSize, pageToken = '0' }: { pageSize: string; pageToken?: string }) {
    const [take, skip] = [Number(pageSize), Number(pageToken)];
    const value = await this.users.find({ take, skip, order: { createdAt: 'ASC', id: 'ASC' } });
    return { value, ...(value.length === take && { nextPageToken: String(skip + take) }) };
  }

  create({ email, displayName }: Pick<User, 'email' | 'displayName'>): Promise<User> {
    return this.users.save(this.users.create({ email, displayName }));
  }

  async change(id: string, { displayName }: Pick<User, 'displayName'>): Promise<User> {
    return this.users.save({ ...(await this.find(id)), displayName });
  }
}

function decorate(
  method: 'find' | 'list' | 'create' | 'change',
  route: MethodDecorator,
  ...params: ParameterDecorator[]
) {
  const target = UsersController.prototype;
  route(target, method, Object.getOwnPropertyDescriptor(target, method) as PropertyDescriptor);
  for (const [index, param] of params.entries()) param(target, method, index);
}

Controller('users')(UsersController);
Inject(getRepositoryToken(userEntity))(UsersController, undefined, 0);
decorate('find', Get(':id'), Param('id'));
decorate('list', Get(), Query());
decorate('create', Post(), Body());
decorate('change', Patch(':id'), Param('id'), Body());

class AppModule {}
Module({
  imports: [
    TypeOrmModule.forRoot({ type: 'postgres', url, entities: [userEntity], extra: { max: 10 } }),
    TypeOrmModule.forFeature([userEntity]),
  ],
  controllers: [UsersController],
})(AppModule);

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(port), '127.0.0.1');
