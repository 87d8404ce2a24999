import { Email, UserDraft } from '@seaworthy/contracts/users';
import { Compile } from 'typebox/compile';
import { fold, type Json, type UserContent } from '../user.ts';
import type { UserDocument } from './document.ts';
import { Refusal } from './refusal.ts';
import { isObject, type Values } from './schemas/read-value.ts';

const longestUserName = 256;
const longestDisplayName = 200;
const mostProfileBytes = 16 * 1024;

const address = Compile(Email);
const displayName = Compile(UserDraft.properties.displayName);
const externalId = Compile(UserDraft.properties.externalId);
// biome-ignore lint/suspicious/noControlCharactersInRegex: a name is one line
const notOneLine = /[\0-\x1f\u2028\u2029\ufeff]/;

/**
 * What a document says of a user, as the domain has it. Whatever the domain has no place for becomes the profile.
 * @throws Refusal `invalidValue` for what no user can have
 */
export function contentOf(document: UserDocument): UserContent {
  const { userName, displayName: named, externalId: external, active, emails, ...rest } = document;
  const name = readUserName(userName);
  const { email, ...addresses } = splitEmails((emails ?? []) as Values[]);
  const written = name === fold(name) ? {} : { userName: name };
  return {
    userName: name,
    displayName: readDisplayName(named) ?? derivedName(rest, name),
    ...bounded({ ...rest, ...written, ...addresses }),
    ...(email !== undefined && { email }),
    ...(active !== undefined && { status: active ? 'active' : 'suspended' }),
    ...(external !== undefined && external !== '' && { externalId: readExternalId(external) }),
  };
}

function readUserName(value: Json | undefined): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name === '') throw new Refusal('invalidValue', 'userName is required, and must not be blank.');
  if (name.length > longestUserName || notOneLine.test(name))
    throw new Refusal('invalidValue', `userName must be one line of ${longestUserName} characters at most.`);
  return name;
}

function readExternalId(value: Json): string {
  if (externalId.Check(value)) return value;
  throw new Refusal('invalidValue', 'externalId must be one line of 256 characters at most.');
}

function readDisplayName(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  if (displayName.Check(value)) return value;
  throw new Refusal('invalidValue', `displayName must be one line of ${longestDisplayName} characters at most.`);
}

/** The name for reading, of those who were given none. */
function derivedName({ name }: Values, userName: string): string {
  const { formatted, givenName, familyName } = (isObject(name) ? name : {}) as Record<string, string | undefined>;
  const candidates = [formatted, [givenName, familyName].filter(Boolean).join(' '), userName];
  const lines = candidates.map((text = '') => text.replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ').trim());
  const [first = userName] = lines.filter((line) => line !== '');
  return [...first].slice(0, longestDisplayName).join('').trim();
}

/** Which address is the unique one, and what else is said of it and of the others. */
function splitEmails(emails: readonly Values[]): { email?: string; mainEmail?: Values; emails?: Values[] } {
  if (emails.some(({ value }) => typeof value !== 'string' || value.trim() === ''))
    throw new Refusal('invalidValue', 'Each of emails must have a value.');
  const main = emails.find(({ primary }) => primary === true) ?? emails.find(({ type }) => isWork(type)) ?? emails[0];
  if (!main) return {};
  const { value = '', ...said } = main;
  if (!address.Check(value)) throw new Refusal('invalidValue', 'emails: the main one must be an e-mail address.');
  const others = emails.filter((email) => email !== main);
  const written = value === fold(value) ? {} : { value };
  return { email: value, mainEmail: { ...said, ...written }, ...(others.length > 0 && { emails: others }) };
}

function isWork(type: Json | undefined): boolean {
  return typeof type === 'string' && fold(type) === 'work';
}

function bounded(profile: Values): Pick<UserContent, 'profile'> {
  if (Object.keys(profile).length === 0) return {};
  if (Buffer.byteLength(JSON.stringify(profile)) <= mostProfileBytes) return { profile };
  throw new Refusal('invalidValue', `A user must not have more than ${mostProfileBytes} bytes of attributes.`);
}
