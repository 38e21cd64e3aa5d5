import type { Condition, Field, Group, Operator, Problem, Rule, RuleAction } from './rules.query';

/** A condition as it is typed: what fits another operator stays until it is needed again. */
export interface DraftCondition {
  kind: 'condition';
  field: string;
  operator: Operator;
  text: string;
  /** Of `between`. */
  upTo: string;
  flag: boolean;
}

export interface DraftGroup {
  kind: 'group';
  match: 'all' | 'any';
  members: DraftMember[];
}

export type DraftMember = DraftCondition | DraftGroup;

export interface DraftRule {
  id: string;
  name: string;
  enabled: boolean;
  shadow: boolean;
  /** As a field for local times has it: `2026-01-31T12:00`. */
  expiresAt: string;
  weight: string;
  action: RuleAction | '';
  when: DraftGroup;
}

/** What is wrong with a field, by its path inside the rule, such as `when.members.0.value`. */
export type FieldProblems = Readonly<Record<string, string>>;

/** As deep and as many as the API takes. */
export const MAX_DEPTH = 5;
export const MAX_CONDITIONS = 50;

export function emptyCondition(fields: readonly Field[]): DraftCondition {
  const first = fields[0];
  return {
    kind: 'condition',
    field: first?.name ?? '',
    operator: first?.operators[0] ?? 'equals',
    text: '',
    upTo: '',
    flag: true,
  };
}

export function emptyRule(id: string, fields: readonly Field[]): DraftRule {
  return {
    id,
    name: '',
    enabled: true,
    shadow: false,
    expiresAt: '',
    weight: '10',
    action: '',
    when: { kind: 'group', match: 'all', members: [emptyCondition(fields)] },
  };
}

export function draftOf(rule: Rule): DraftRule {
  return {
    id: rule.id,
    name: rule.name,
    enabled: rule.enabled,
    shadow: rule.shadow,
    expiresAt: rule.expiresAt === null ? '' : localTime(new Date(rule.expiresAt)),
    weight: String(rule.weight),
    action: rule.action ?? '',
    when: draftGroup(rule.when),
  };
}

function draftGroup({ match, members }: Group): DraftGroup {
  return {
    kind: 'group',
    match,
    members: members.map(member => ('members' in member ? draftGroup(member) : draftCondition(member))),
  };
}

function draftCondition({ field, operator, value }: Condition): DraftCondition {
  const [text, upTo] = Array.isArray(value) ? value : [value, ''];
  return {
    kind: 'condition',
    field,
    operator,
    text: typeof text === 'boolean' ? '' : String(text),
    upTo: String(upTo),
    flag: typeof text === 'boolean' ? text : true,
  };
}

/** The rule for the API, or what of it can be no rule. */
export function ruleOf(
  draft: DraftRule,
  fields: readonly Field[],
): { rule: Rule } | { problems: FieldProblems } {
  const problems: Record<string, string> = {};
  if (draft.name.trim() === '') problems.name = 'Give the rule a name.';
  const weight = typedNumber(draft.weight);
  if (weight === undefined || weight < 0 || weight > 100) problems.weight = 'Give points from 0 to 100.';
  const expires = draft.expiresAt === '' ? null : new Date(draft.expiresAt);
  if (expires !== null && Number.isNaN(expires.getTime())) problems.expiresAt = 'Give a day and a time.';
  const when = groupOf(draft.when, 'when', fields, problems);
  if (Object.keys(problems).length > 0) return { problems };
  return {
    rule: {
      id: draft.id,
      name: draft.name.trim(),
      enabled: draft.enabled,
      shadow: draft.shadow,
      expiresAt: expires === null ? null : expires.toISOString(),
      when,
      weight: weight ?? 0,
      action: draft.action === '' ? null : draft.action,
    },
  };
}

function groupOf(
  { match, members }: DraftGroup,
  path: string,
  fields: readonly Field[],
  problems: Record<string, string>,
): Group {
  if (members.length === 0) problems[path] = 'Add a condition, or take the group out.';
  return {
    match,
    members: members.map((member, index) => {
      const at = `${path}.members.${index}`;
      return member.kind === 'group'
        ? groupOf(member, at, fields, problems)
        : conditionOf(member, at, fields, problems);
    }),
  };
}

function conditionOf(
  draft: DraftCondition,
  path: string,
  fields: readonly Field[],
  problems: Record<string, string>,
): Condition {
  const { field, operator } = draft;
  const wrong = (message: string) => {
    problems[`${path}.value`] = message;
    return '';
  };
  const number = (text: string) => typedNumber(text) ?? wrong('Give a number.');
  const type = fields.find(({ name }) => name === field)?.type;
  if (type === undefined) problems[`${path}.field`] = 'Choose a field.';
  switch (inputKind(operator, type ?? 'text')) {
    case 'flag':
      return { field, operator, value: draft.flag };
    case 'number':
      return { field, operator, value: number(draft.text) };
    case 'range': {
      const [from, to] = [number(draft.text), number(draft.upTo)];
      if (typeof from !== 'number' || typeof to !== 'number') return { field, operator, value: '' };
      if (from > to) wrong('The first number is above the second one.');
      return { field, operator, value: [from, to] };
    }
    case 'list':
      return { field, operator, value: draft.text || wrong('Choose a list.') };
    case 'text':
      return { field, operator, value: draft.text.trim() || wrong('Give a text.') };
  }
}

/** What is asked for beside an operator. */
export function inputKind(
  operator: Operator,
  type: Field['type'],
): 'flag' | 'number' | 'range' | 'list' | 'text' {
  switch (operator) {
    case 'exists':
      return 'flag';
    case 'between':
      return 'range';
    case 'greater_than':
    case 'less_than':
      return 'number';
    case 'in_list':
      return 'list';
    case 'contains':
    case 'matches':
      return 'text';
    case 'equals':
    case 'not_equals':
      return type === 'boolean' ? 'flag' : type === 'number' ? 'number' : 'text';
  }
}

/** Another field: the operator stays where it fits. */
export function withField(condition: DraftCondition, field: Field): DraftCondition {
  const operator = field.operators.includes(condition.operator)
    ? condition.operator
    : (field.operators[0] ?? 'exists');
  return { ...condition, field: field.name, operator };
}

/** The group with the member at a place of it changed, or taken out. `place` leads through the groups to it. */
export function withMember(
  group: DraftGroup,
  place: readonly number[],
  change: (member: DraftMember) => DraftMember | undefined,
): DraftGroup {
  const [index, ...rest] = place;
  return {
    ...group,
    members: group.members.flatMap((member, at) => {
      if (at !== index) return [member];
      if (rest.length > 0) return member.kind === 'group' ? [withMember(member, rest, change)] : [member];
      const next = change(member);
      return next === undefined ? [] : [next];
    }),
  };
}

/** Conditions in the group and in all groups inside it. */
export function conditionCount(group: DraftGroup): number {
  return group.members.reduce(
    (sum, member) => sum + (member.kind === 'group' ? conditionCount(member) : 1),
    0,
  );
}

/** Only what the API takes: answers carry more. */
export function ruleInput({ id, name, enabled, shadow, expiresAt, when, weight, action }: Rule): Rule {
  return { id, name, enabled, shadow, expiresAt, when, weight, action };
}

/** What the API says about one rule, by field; `''` is the rule as a whole. */
export function problemsOfRule(problems: readonly Problem[], index: number): Problem[] {
  const prefix = `rules.${index}`;
  return problems
    .filter(({ path }) => path === prefix || path.startsWith(`${prefix}.`))
    .map(problem => ({ ...problem, path: problem.path.slice(prefix.length + 1) }));
}

/** What is said of no rule. */
export function generalProblems(problems: readonly Problem[]): string {
  return problems
    .filter(({ path }) => !/^rules\.\d/.test(path))
    .map(({ message }) => message)
    .join(' ');
}

/** The message for exactly this field. */
export function problemAt(problems: readonly Problem[], field: string): string | undefined {
  const found = problems.filter(({ path }) => path === field);
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}

function typedNumber(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : undefined;
}

function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
