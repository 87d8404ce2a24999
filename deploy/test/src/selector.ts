interface Requirement {
  key: string;
  operator: string;
  values?: string[];
}

/** A label selector of Kubernetes; an empty one selects everything. */
export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: Requirement[];
}

type Labels = Readonly<Record<string, string>>;

/** Whether the labels are selected. */
export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every((requirement) => meets(requirement, labels))
  );
}

function meets({ key, operator, values = [] }: Requirement, labels: Labels): boolean {
  const value = labels[key];
  if (operator === 'Exists') return value !== undefined;
  if (operator === 'DoesNotExist') return value === undefined;
  const isAmong = value !== undefined && values.includes(value);
  return operator === 'In' ? isAmong : operator === 'NotIn' && !isAmong;
}
