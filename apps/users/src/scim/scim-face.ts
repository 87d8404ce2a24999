import { preferredType } from '@seaworthy/chassis/accept';
import { readJson } from '@seaworthy/chassis/json-body';
import { Problem } from '@seaworthy/chassis/problem';
import type { Server } from '@seaworthy/chassis/route';
import type { SignedTokens } from '@seaworthy/chassis/signed-tokens';
import type { Now, Users } from '../users.ts';
import { answerNotImplemented, answerScimError } from './answer-error.ts';
import { changeUser } from './routes/change-user.ts';
import { createUser } from './routes/create-user.ts';
import { deleteUser } from './routes/delete-user.ts';
import { discovery } from './routes/discovery.ts';
import { atRoot, listUsers, searchUsers } from './routes/list-users.ts';
import { replaceUser } from './routes/replace-user.ts';
import { showUser } from './routes/show-user.ts';
import { bodyTypes, describeOnly } from './scim-answers.ts';

interface ScimOptions {
  users: Users;
  /** Signs cursors. */
  tokens: SignedTokens;
  now: Now;
}

/** The face that directories talk to: SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865). Needs a scope of its own. */
export function scimFace({ users, tokens, now }: ScimOptions): (server: Server) => void {
  return (server) => {
    server.setErrorHandler(answerScimError);
    server.setNotFoundHandler(() => {
      throw new Problem('not-found', 'There is no such endpoint here.');
    });
    describeOnly(server);
    readScim(server);
    server.get('', atRoot(listUsers(users, tokens)));
    server.post('/.search', atRoot(searchUsers(users, tokens)));
    server.get('/Users', listUsers(users, tokens));
    server.post('/Users', createUser(users, now));
    server.post('/Users/.search', searchUsers(users, tokens));
    server.get('/Users/:id', showUser(users));
    server.put('/Users/:id', replaceUser(users, now));
    server.patch('/Users/:id', changeUser(users, now));
    server.delete('/Users/:id', deleteUser(users, now));
    discovery(server);
    for (const url of ['/Me', '/Bulk']) server.all(url, { schema: { hide: true }, handler: answerNotImplemented });
  };
}

/** Reads JSON by both of its names, and refuses callers who can do nothing with what is answered. */
function readScim(server: Server): void {
  server.removeAllContentTypeParsers();
  for (const type of bodyTypes) readJson(server, type);
  server.addHook('onRequest', async ({ headers }) => {
    if (preferredType(headers.accept, bodyTypes)) return;
    throw new Problem('not-acceptable', `Answers are ${bodyTypes[0]}.`);
  });
}
