import type { Node } from 'web-tree-sitter';
import { type Files, matching } from '../files.ts';
import type { Finding } from '../finding.ts';
import { parts } from './syntax.ts';
import { type Declaration, readTemplate } from './template.ts';

/** Nothing is declared in vain, no secret leaves by an output, and a secret's param is one that is not logged. */
export function tidy(files: Files): Finding[] {
  return matching(files, /^deploy\/(?!test).*\.bicep$/).flatMap(([file, text]) => {
    try {
      return inTemplate(file, readTemplate(file, text).declarations);
    } catch {
      return []; // `bicep` says what does not parse
    }
  });
}

function inTemplate(file: string, declarations: readonly Declaration[]): Finding[] {
  const say = ({ node }: Declaration, rule: string, why: string): Finding => ({
    file: `${file}:${node.startPosition.row + 1}`,
    rule,
    why,
  });
  const used = new Set(
    declarations.flatMap(({ name, value }) => (value ? namesIn(value) : []).filter((it) => it !== name)),
  );
  const secrets = declarations.filter(({ decorators }) => decorators.has('secure')).map(({ name }) => name);
  return declarations.flatMap((each) => [
    ...(isVain(each, used) ? [say(each, 'vain', `${each.name} is used by nobody`)] : []),
    ...(each.kind === 'output' && tells(each, secrets) ? [say(each, 'secrets', `${each.name} tells a secret`)] : []),
    ...(each.kind === 'param' && soundsSecret(each) ? [say(each, 'secrets', `${each.name} needs @secure()`)] : []),
  ]);
}

function isVain({ kind, name, isExisting }: Declaration, used: ReadonlySet<string>): boolean {
  return (kind === 'param' || kind === 'var' || isExisting) && !used.has(name);
}

function tells({ value }: Declaration, secrets: readonly string[]): boolean {
  if (!value) return false;
  return namesIn(value).some((name) => secrets.includes(name)) || /\.?\b(?:list[A-Z]\w*|getSecret)\(/.test(value.text);
}

function soundsSecret({ name, decorators }: Declaration): boolean {
  return /password|secret(?!Name)|^keys$|Key$/i.test(name) && !decorators.has('secure');
}

/** The identifiers that an expression asks for. */
function namesIn(node: Node): string[] {
  if (node.type === 'identifier') return [node.text];
  const children = node.type === 'object_property' ? valuesOf(node) : parts(node);
  return children.flatMap(namesIn);
}

function valuesOf(property: Node): Node[] {
  const [key, value] = parts(property);
  return [...(key?.type === 'string' ? [key] : []), ...(value ? [value] : [])];
}
