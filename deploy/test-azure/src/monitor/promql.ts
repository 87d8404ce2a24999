import { parser } from '@prometheus-io/lezer-promql';

/** What an expression reads: a metric, and the labels and values that it is asked by. */
export interface Selector {
  metric: string;
  matchers: { label: string; operator: string; value: string }[];
}

/** An expression taken apart. */
export interface Query {
  selectors: Selector[];
  /** The labels that results are grouped or joined by. */
  groupings: string[];
}

/**
 * Reads PromQL.
 * @throws Error where it does not parse
 */
export function readQuery(expression: string): Query {
  const query: Query = { selectors: [], groupings: [] };
  const text = ({ from, to }: { from: number; to: number }) => expression.slice(from, to);
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`does not parse at ${expression.slice(node.from, node.from + 20)}`);
      if (node.name === 'VectorSelector') query.selectors.push({ metric: '', matchers: [] });
      const selector = query.selectors.at(-1);
      if (node.name === 'Identifier' && node.node.parent?.name === 'VectorSelector' && selector)
        selector.metric = text(node);
      if (/^(?:Un)?[Qq]uotedLabelMatcher$/.test(node.name)) selector?.matchers.push(matcher(text(node)));
      if (node.name === 'GroupingLabels')
        query.groupings.push(
          ...text(node)
            .replace(/[()\s]/g, '')
            .split(',')
            .filter(Boolean),
        );
    },
  });
  return query;
}

function matcher(text: string) {
  const [, label = '', operator = '', value = ''] = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/.exec(text) ?? [];
  return { label, operator, value };
}
