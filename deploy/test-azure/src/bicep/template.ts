import type { Node } from 'web-tree-sitter';
import { BicepError, parseBicep, parts } from './syntax.ts';

/** A declaration of a template: a param, a var, a resource, a module or an output. */
export interface Declaration {
  kind: 'param' | 'var' | 'resource' | 'module' | 'output';
  name: string;
  node: Node;
  /** `secure`, `description` and so on, with what stands in their brackets. */
  decorators: ReadonlyMap<string, string>;
  /** A param's or an output's: `string`, `array`, … */
  type?: string;
  /** What it is, or a param's default. */
  value?: Node;
  /** A resource's `type@version`, a module's file. */
  of?: string;
  isExisting: boolean;
}

/** A template, taken apart. */
export interface Template {
  path: string;
  scope: string;
  declarations: Declaration[];
}

const kinds: Readonly<Record<string, Declaration['kind']>> = {
  parameter_declaration: 'param',
  variable_declaration: 'var',
  resource_declaration: 'resource',
  module_declaration: 'module',
  output_declaration: 'output',
};

/**
 * Reads a template.
 * @throws BicepError where it does not parse, or says something twice
 */
export function readTemplate(path: string, text: string): Template {
  const root = parseBicep(text);
  const template: Template = { path, scope: 'resourceGroup', declarations: [] };
  let decorators = new Map<string, string>();
  for (const node of parts(root)) {
    const kind = kinds[node.type];
    if (node.type === 'target_scope_assignment') template.scope = node.text.split("'")[1] ?? '';
    else if (node.type === 'decorators') decorators = readDecorators(node);
    else if (!kind) throw new BicepError(node, `${node.type} is outside of the subset that is checked`);
    else {
      template.declarations.push(declaration(kind, node, decorators));
      decorators = new Map();
    }
  }
  refuseTwins(template);
  return template;
}

function declaration(kind: Declaration['kind'], node: Node, decorators: Map<string, string>): Declaration {
  const [name, ...rest] = parts(node);
  const type = rest.find((each) => each.type === 'type')?.text;
  const others = rest.filter((each) => each.type !== 'type');
  const isTyped = kind === 'resource' || kind === 'module';
  const [of, value] = isTyped ? others : [undefined, others[0]];
  return {
    kind,
    name: name?.text ?? '',
    node,
    decorators,
    isExisting: node.children.some((child) => child.type === 'existing'),
    ...(type && { type }),
    ...(value && { value }),
    ...(of && { of: of.text.slice(1, -1) }),
  };
}

function readDecorators(node: Node): Map<string, string> {
  return new Map(
    parts(node).map((decorator) => {
      const [, name = '', content = ''] = /^@(?:sys\.)?(\w+)\(([\s\S]*)\)$/.exec(decorator.text) ?? [];
      return [name, content];
    }),
  );
}

function refuseTwins({ declarations }: Template): void {
  const seen = new Set<string>();
  for (const { kind, name, node } of declarations) {
    const key = kind === 'output' ? `output ${name}` : name;
    if (seen.has(key)) throw new BicepError(node, `${name} is declared twice`);
    seen.add(key);
  }
}
